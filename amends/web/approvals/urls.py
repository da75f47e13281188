from django.urls import path

from amends.web.approvals import views

urlpatterns = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/<int:pk>/", views.answer, name="approval-answer"),
]
