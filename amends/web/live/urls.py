from django.urls import path

from amends.web.live import views

urlpatterns = [
    path("watching/", views.watching, name="watching"),
    path("cases/<slug:reference>/watching/", views.case_watching, name="case-watching"),
    path("cases/<slug:reference>/news/", views.case_news, name="case-news"),
    path("cases/<slug:reference>/company/", views.case_company, name="case-company"),
]
