from django.urls import path

from amends.web.outgoing import views

urlpatterns = [
    path("", views.outgoing, name="outgoing-mail"),
    path("<int:pk>/", views.mail, name="mail"),
    path("<int:pk>/again/", views.again, name="mail-again"),
    path("<int:pk>/take-back/", views.take_back, name="mail-take-back"),
]
