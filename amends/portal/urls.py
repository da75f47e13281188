from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from amends.portal import answering, finding, telling


class Language(StringConverter):
    regex = "|".join(code for code, _name in settings.LANGUAGES)


class Key(StringConverter):
    """What names somebody's own typing: long enough that nobody guesses it."""

    regex = "[A-Za-z0-9_-]{22,43}"


register_converter(Language, "language")
register_converter(Key, "key")

_CASE = "c/<language:language>/<str:token>"

urlpatterns = [
    path("tell-us/", telling.begin, name="tell-us"),
    path("tell-us/<language:language>/", telling.begin, name="tell-us-begin"),
    path("tell-us/<language:language>/<key:key>/check/", telling.check, name="tell-us-check"),
    path("tell-us/<language:language>/<key:key>/sent/", telling.sent, name="tell-us-sent"),
    path("tell-us/<language:language>/<key:key>/<str:name>/", telling.step, name="tell-us-step"),
    path(
        "tell-us/<language:language>/<key:key>/<str:name>/keep/",
        telling.keep,
        name="tell-us-keep",
    ),
    path("find-my-case/<language:language>/", finding.find, name="find-my-case"),
    path("find-my-case/<language:language>/sent/", finding.on_its_way, name="find-my-case-sent"),
    path("c/<str:token>/", answering.show, name="case-link"),
    path(f"{_CASE}/", answering.show, name="customer-case"),
    path(f"{_CASE}/words/", answering.own_words, name="customer-words"),
    path(f"{_CASE}/file/<int:pk>/", answering.own_file, name="customer-file"),
    path(f"{_CASE}/add/", answering.add, name="customer-add"),
    path(f"{_CASE}/take-back/", answering.withdraw, name="customer-withdraw"),
    path(f"{_CASE}/another-look/", answering.another_look, name="customer-another-look"),
    path(f"{_CASE}/outside/", answering.outside, name="customer-outside"),
    path(f"{_CASE}/again/", answering.again, name="customer-again"),
    path(f"{_CASE}/put-right/<str:verdict>/", answering.put_right, name="customer-put-right"),
    path(f"{_CASE}/promise/<int:pk>/", answering.slip, name="customer-slip"),
    path(f"{_CASE}/promise/<int:pk>/yes/", answering.agree, name="customer-agree"),
    path(f"{_CASE}/promise/<int:pk>/day/", answering.another_day, name="customer-another-day"),
]
