from django.urls import path

from amends.web.standards import kept

urlpatterns = [
    path("", kept.standards, name="kept-standards"),
    path("as.csv", kept.as_csv, name="kept-standards-csv"),
    path("<slug:key>/", kept.standard, name="kept-standard"),
]
