from django.urls import path

from amends.web.promises import views

urlpatterns = [path("", views.promises, name="promises")]
