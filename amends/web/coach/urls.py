from django.urls import path

from amends.web.coach import helped

urlpatterns = [
    path("what-helped/", helped.helped, name="what-helped"),
    path("what-helped/as.csv", helped.as_csv, name="what-helped-csv"),
]
