from django.urls import path

from amends.web.papers import views

urlpatterns = [
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("evidence/<int:pk>/", views.evidence_file, name="evidence-file"),
    path("slips/<int:pk>/", views.slip, name="slip-on-paper"),
]
