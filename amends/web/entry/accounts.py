"""How django-allauth, which keeps the door, does things our way."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.staff.actions.profile import change_password, note_sign_in
from amends.web.entry.letters import send_new_password_link

if TYPE_CHECKING:
    from amends.staff.models import Staff


class Door(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Nobody signs up here; mail goes the way of all our mail; who comes in is written down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("You no longer have access here. Ask who looks after Amends."),
        "email_password_mismatch": _("The address and the password do not belong together."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a moment, then try again."),
        "invalid_password_reset": _("This link is no longer valid. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's
        return False

    def set_password(self, user: "Staff", password: str) -> None:
        change_password(user, password=password, at=timezone.now())

    def post_login(self, request: HttpRequest, user: "Staff", **facts: Any) -> HttpResponse:  # noqa: ANN401  the library's
        note_sign_in(user, at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **facts)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        path: str = super().get_reset_password_from_key_url(key)
        return settings.BASE_ADDRESS.rstrip("/") + "/" + path.split("/", 3)[3]

    def send_password_reset_mail(
        self,
        user: "Staff",
        email: str,  # noqa: ARG002  we write to the address we know
        context: dict[str, Any],
    ) -> None:
        send_new_password_link(user, str(context["password_reset_url"]), at=timezone.now())
