from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("amends.portal.urls")),
    path("", include("amends.web.urls")),
]
