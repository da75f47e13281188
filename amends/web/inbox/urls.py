from django.urls import path

from amends.web.inbox import views

urlpatterns = [path("", views.inbox, name="inbox")]
