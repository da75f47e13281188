from django.urls import path

from amends.web.day import views

urlpatterns = [path("", views.my_day, name="my-day")]
