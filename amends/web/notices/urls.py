from django.urls import path

from amends.web.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/bell/", views.bell, name="notices-bell"),
    path("notices/seen/", views.seen, name="notices-seen"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("profile/notices/", views.choosing, name="profile-notices"),
]
