from django.urls import path

from amends.web.finding import views

urlpatterns = [
    path("find/", views.find, name="find"),
    path("palette/", views.palette, name="palette"),
]
