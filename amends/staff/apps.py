from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "amends.staff"
