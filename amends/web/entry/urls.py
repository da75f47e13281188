from allauth.account import views as door
from django.urls import path, re_path

from amends.web.entry import views
from amends.web.entry.refusing import refusing

urlpatterns = [
    path("set-up/<str:key>/", views.first, name="set-up"),
    path("join/<str:key>/", views.join, name="join"),
    path("first-five-minutes/", views.first_minutes, name="first-five-minutes"),
    path("first-five-minutes/see/", views.see_customer_page, name="see-customer-page"),
    path("first-five-minutes/enough/", views.know_my_way, name="know-my-way"),
    path("profile/", views.profile, name="profile"),
    path("language/", views.language, name="set_language"),
    # The library knows its pages by these names.
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", door.logout, name="sign-out"),
    path("sign-out/now/", door.logout, name="account_logout"),
    path("sign-in/no-access/", door.account_inactive, name="account_inactive"),
    path("password/", refusing(door.password_change), name="account_change_password"),
    path("password/forgotten/", refusing(door.password_reset), name="account_reset_password"),
    path("password/sent/", door.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        refusing(door.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        door.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
