from django.urls import path

from amends.web.bulk import views

urlpatterns = [
    path("", views.choose, name="bulk-choose"),
    path("<int:pk>/", views.run, name="bulk-run"),
    path("<int:pk>/begin/", views.begin, name="bulk-begin"),
    path("<int:pk>/undo/", views.undo, name="bulk-undo"),
]
