from django.urls import path

from amends.web.promises import feed, views

urlpatterns = [
    path("", views.promises, name="promises"),
    path("calendar/", feed.address, name="promises-calendar"),
    path("calendar/<str:token>.ics", feed.read, name="promises-feed"),
]
