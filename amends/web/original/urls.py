from django.urls import path

from amends.web.original import views

urlpatterns = [
    path("<int:pk>/", views.original, name="original"),
    path("<int:pk>/body/", views.body, name="original-body"),
    path("<int:pk>/pictures/", views.pictures, name="original-pictures"),
]
