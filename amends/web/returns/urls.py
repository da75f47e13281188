from django.urls import path

from amends.web.returns import views

urlpatterns = [
    path("", views.returns, name="returns"),
    path("return.csv", views.return_csv, name="return-csv"),
    path("complaints.csv", views.complaints_csv, name="complaints-csv"),
]
