from django.urls import path

from amends.web.lists import building, exporting, keeping, views

urlpatterns = [
    path("", views.views, name="views"),
    path("new/", building.new, name="view-new"),
    path("<slug:name>/", views.view, name="view"),
    path("<slug:name>/change/", building.change, name="view-change"),
    path("<slug:name>/copy/", building.copy, name="view-copy"),
    path("<slug:name>/share/", keeping.share, name="view-share"),
    path("<slug:name>/throw-away/", keeping.throw_away, name="view-throw-away"),
    path("<slug:name>/pin/", keeping.pin, name="view-pin"),
    path("<slug:name>/unpin/", keeping.unpin, name="view-unpin"),
    path("<slug:name>/up/", keeping.up, name="view-up"),
    path("<slug:name>/cases.csv", exporting.as_csv, name="view-csv"),
    path("<slug:name>/cases.xlsx", exporting.as_xlsx, name="view-xlsx"),
]
