from django.urls import path

from amends.web.todos import views

urlpatterns = [path("", views.todos, name="todos")]
