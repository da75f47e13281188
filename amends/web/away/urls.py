from django.urls import path

from amends.web.away import views

urlpatterns = [
    path("", views.who_is_away, name="away"),
    path("<int:pk>/", views.away, name="away-colleague"),
    path("<int:pk>/end/", views.end, name="away-end"),
]
