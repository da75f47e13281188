from django.urls import path

from amends.web.help import views

urlpatterns = [
    path("", views.ask, name="ask-for-help"),
    path("<int:pk>/answer/", views.answer, name="answer-help"),
]
