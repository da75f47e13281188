"""The address behind which a customer sees their case, and the case behind an address."""

from django.conf import settings

from amends.cases.models.case import Case
from amends.cases.rules.links import is_signed, reference_in, sign
from amends.cases.rules.reference import read_reference


def token_of(case: Case) -> str:
    """Return the token in the address of `case`."""
    return sign(case.reference, version=case.link_version, key=settings.SECRET_KEY)


def link_of(case: Case) -> str:
    """Return the whole address of `case`, as it stands in a mail or on paper."""
    return f"{settings.BASE_ADDRESS}/c/{token_of(case)}/"


def case_behind(token: str) -> Case:
    """Return the case that `token` was signed for.

    Raises Case.DoesNotExist for a token that is wrong, old or tampered with, whichever it is.
    """
    claimed = reference_in(token)
    if read_reference(claimed) != claimed:
        raise Case.DoesNotExist
    case = Case.objects.select_related("person", "owner", "team__duty_owner").get(reference=claimed)
    keys = map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    if not is_signed(token, version=case.link_version, keys=keys):
        raise Case.DoesNotExist
    return case
