from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from amends.portal import answering, finding, own_cases, reading, telling, turning


class Language(StringConverter):
    regex = "|".join(code for code, _name in settings.LANGUAGES)


class Key(StringConverter):
    """What names somebody's own typing: long enough that nobody guesses it."""

    regex = "[A-Za-z0-9_-]{22,43}"


register_converter(Language, "language")
register_converter(Key, "key")

_CASE = "c/<language:language>/<str:token>"
_MINE = "my-cases/<language:language>/<str:token>"
# A colleague sees there what the customer sees, and nothing else.
_SEEN = "cases/<str:reference>/as-customer/<language:language>"

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
    path("my-cases/<language:language>/", own_cases.ask, name="own-cases-ask"),
    path("my-cases/<str:token>/", own_cases.show, name="own-cases-link"),
    path(f"{_MINE}/", own_cases.show, name="own-cases"),
    path(f"{_MINE}/new-link/", own_cases.renew, name="own-cases-renew"),
    path("c/<str:token>/", reading.show, name="case-link"),
    path(f"{_CASE}/", reading.show, name="customer-case"),
    path(f"{_CASE}/words/", reading.own_words, name="customer-words"),
    path(f"{_CASE}/file/<int:pk>/", reading.own_file, name="customer-file"),
    path(f"{_CASE}/letter/", reading.letter, name="customer-letter"),
    path(f"{_CASE}/letter/paper/", reading.letter_paper, name="customer-letter-paper"),
    path(f"{_CASE}/promise/<int:pk>/", reading.slip, name="customer-slip"),
    path(f"{_CASE}/promise/<int:pk>/yes/", answering.agree, name="customer-agree"),
    path(f"{_CASE}/promise/<int:pk>/day/", answering.another_day, name="customer-another-day"),
    path(f"{_CASE}/put-right/<str:verdict>/", answering.put_right, name="customer-put-right"),
    path(f"{_CASE}/rating/", answering.rating, name="customer-rating"),
    path(f"{_CASE}/understood/", answering.understood, name="customer-understood"),
    path(f"{_CASE}/misunderstood/", answering.misunderstood, name="customer-misunderstood"),
    path(f"{_CASE}/add/", answering.add, name="customer-add"),
    path(f"{_CASE}/proposal/yes/", turning.proposal_yes, name="customer-proposal-yes"),
    path(f"{_CASE}/proposal/instead/", turning.proposal_instead, name="customer-proposal-instead"),
    path(f"{_CASE}/proposal/time/", turning.proposal_time, name="customer-proposal-time"),
    path(f"{_CASE}/decision/yes/", turning.decision_yes, name="customer-decision-yes"),
    path(f"{_CASE}/take-back/", turning.withdraw, name="customer-withdraw"),
    path(f"{_CASE}/another-look/", turning.another_look, name="customer-another-look"),
    path(f"{_CASE}/outside/", turning.outside, name="customer-outside"),
    path(f"{_CASE}/publication/", turning.publication, name="customer-publication"),
    path(f"{_CASE}/again/", turning.again, name="customer-again"),
    path(f"{_CASE}/all/", own_cases.send, name="customer-all"),
    path(f"{_CASE}/new-link/", own_cases.renew_case, name="customer-new-link"),
    path(f"{_SEEN}/", reading.seen_case, name="as-customer-case"),
    path(f"{_SEEN}/words/", reading.seen_words, name="as-customer-words"),
    path(f"{_SEEN}/letter/", reading.seen_letter, name="as-customer-letter"),
    path(f"{_SEEN}/promise/<int:pk>/", reading.seen_slip, name="as-customer-slip"),
]
