"""What every public page has in common: a language in its address, no account, no trace left.

No form here carries a token against forgery: there is no session that could be abused. Whoever
knows an address of these pages may use it, and nobody else can guess it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from amends.base.limits import may_try, network_of
from amends.staff.queries import is_set_up, organisation, zone_for

View = Callable[..., HttpResponseBase]
HOUR = timedelta(hours=1)
_WITH_LANGUAGE = {"case-link": "customer-case", "own-cases-link": "own-cases"}


def public(view: View) -> View:
    """Serve `view` to anybody: in its `language`, told to no other site, kept by no cache."""

    @csrf_exempt
    @wraps(view)
    def shown(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        if not is_set_up():
            raise Http404
        language = str(kwargs.get("language") or best_language(request))
        try:
            with translation.override(language), timezone.override(zone_for(None)):
                try:
                    response = view(request, **kwargs)
                except Http404:
                    response = no_such_page(request)
        except Exception:
            # What says that it did not work is written further out, and in this language too.
            translation.activate(language)
            raise
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return shown


def best_language(request: HttpRequest) -> str:
    """Return the language to begin in: the one the browser asks for, or the organisation's own."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:200])
    ours = {code for code, _name in settings.LANGUAGES}
    asked = (code.partition("-")[0] for code, _quality in accepted)
    return next((code for code in asked if code in ours), organisation().language)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Render a public page with what stands on each of them."""
    around = {
        "organisation": organisation(),
        "languages": _languages(request),
        "now": timezone.localtime(),
    }
    return render(request, template, {**around, **context}, status=status)


def no_such_page(request: HttpRequest, *, renew: str = "") -> HttpResponse:
    """Say that a link leads nowhere, and what to do; never why, and never whose it was.

    renew: the token of a link that was replaced; the new one can be sent to whom it belongs.
    """
    context = {"renew": renew}
    return page(request, "portal/no_such_page.html", context, status=HTTPStatus.NOT_FOUND)


def may_still(request: HttpRequest, act: str, *, most: int) -> bool:
    """Return whether this visitor may do `act` once more within the hour."""
    visitor = network_of(str(request.META.get("REMOTE_ADDR", "")))
    return may_try(f"portal-{act}", visitor, most=most, per=HOUR)


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    """Return this same page in each language, by its name in that language."""
    match = request.resolver_match
    if match is None or match.url_name is None:
        return []
    name = _WITH_LANGUAGE.get(match.url_name, match.url_name)
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "url": reverse(name, kwargs={**match.kwargs, "language": code}),
            "current": code == translation.get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]
