from django.urls import path

from amends.web.machine import views

urlpatterns = [
    path("<slug:reference>/outside-model/", views.asked, name="case-machine"),
    path("<slug:reference>/outside-model/ask/", views.ask_it, name="case-machine-ask"),
    path("<slug:reference>/outside-model/<int:pk>/put/", views.put, name="case-machine-put"),
]
