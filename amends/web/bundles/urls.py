from django.urls import path

from amends.web.bundles import views

urlpatterns = [
    path("<slug:reference>/bundles/", views.begin, name="case-bundles"),
    path("<slug:reference>/bundles/<int:pk>/", views.bundle, name="case-bundle"),
    path("<slug:reference>/bundles/<int:pk>/paper/", views.paper, name="case-bundle-paper"),
    path(
        "<slug:reference>/bundles/<int:pk>/contacts/<int:contact>/",
        views.blacken_passage,
        name="case-blacken",
    ),
    path(
        "<slug:reference>/bundles/<int:pk>/bars/<int:bar>/",
        views.uncover_passage,
        name="case-uncover",
    ),
    path("<slug:reference>/bundles/<int:pk>/file/", views.download, name="case-bundle-file"),
]
