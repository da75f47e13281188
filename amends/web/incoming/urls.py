from django.urls import path

from amends.web.incoming import views

urlpatterns = [
    path("", views.incoming, name="incoming-mail"),
    path("filed/", views.filed, name="incoming-filed"),
    path("wanted/", views.wanted, name="arrivals-wanted"),
    path("<int:pk>/again/", views.again, name="arrival-again"),
]
