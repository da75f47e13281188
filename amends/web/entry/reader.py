"""Whose language a page speaks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

Respond = Callable[[HttpRequest], HttpResponse]


def own_language(get_response: Respond) -> Respond:
    """Answer colleagues in the language they chose, on whatever machine; a middleware.

    Others are answered in the language of their cookie or browser, which Django has seen to.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware
