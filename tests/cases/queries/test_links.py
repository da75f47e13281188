import pytest

from amends.cases.models.case import Case
from amends.cases.queries.links import case_behind, link_of, token_of
from tests import make

pytestmark = pytest.mark.django_db


def test_a_link_opens_the_case_it_was_signed_for(settings):
    case = make.case()
    assert link_of(case) == f"{settings.BASE_ADDRESS}/c/{token_of(case)}/"
    assert case_behind(token_of(case)) == case


def test_a_link_signed_with_the_secret_before_this_one_still_opens(settings):
    case = make.case()
    token = token_of(case)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, since yesterday"
    assert case_behind(token) == case


def test_raising_the_link_version_ends_every_link_of_a_case():
    case = make.case()
    token = token_of(case)
    case.link_version += 1
    case.save()
    with pytest.raises(Case.DoesNotExist):
        case_behind(token)


def test_nothing_but_a_signed_token_opens_a_case():
    mine, theirs = make.case(), make.case()
    mac = token_of(mine).partition(".")[2]
    wrong = [
        "",
        ".",
        mine.reference,
        f"{mine.reference}.",
        f"{theirs.reference}.{mac}",
        f"{mine.reference}.{mac}x",
        f"{mine.reference.lower()}.{mac}",
        f"{mine.reference}\0.{mac}",
        f"C-222-2222.{mac}",
        "\u0661",
    ]
    for token in wrong:
        with pytest.raises(Case.DoesNotExist):
            case_behind(token)
