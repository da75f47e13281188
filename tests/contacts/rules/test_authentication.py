import pytest

from amends.contacts.rules.authentication import Standing, standing_of, trusted_of
from amends.contacts.rules.messages import Authentication, Check

SENDER = "ruta@mail.example.lt"


def said(*checks: tuple[str, str, str], server="mx.care.example") -> Authentication:
    return Authentication(server, tuple(Check(*check) for check in checks))


def test_only_our_own_servers_are_believed_and_of_their_lines_the_first():
    ours, forged = said(("dmarc", "fail", "")), said(("dmarc", "pass", ""))
    stranger = said(("dmarc", "pass", ""), server="mx.evil.example")
    assert trusted_of([stranger, ours, forged], servers=["MX.care.example"]) is ours
    assert trusted_of([stranger], servers=["mx.care.example"]) is None
    assert trusted_of([ours], servers=[]) is None


@pytest.mark.parametrize(
    ("checks", "standing"),
    [
        ([], Standing.UNKNOWN),
        ([("dmarc", "none", "")], Standing.UNKNOWN),
        ([("dmarc", "pass", "")], Standing.PROVEN),
        ([("dmarc", "fail", ""), ("spf", "pass", "ruta@mail.example.lt")], Standing.FAILED),
        ([("dkim", "pass", "example.lt")], Standing.PROVEN),
        ([("spf", "pass", "bounce@mail.example.lt")], Standing.PROVEN),
        ([("dkim", "pass", "evil.example")], Standing.UNKNOWN),
        ([("dkim", "pass", "lt")], Standing.UNKNOWN),
        ([("spf", "softfail", "example.lt")], Standing.FAILED),
        ([("dkim", "fail", "example.lt"), ("spf", "pass", "x@example.lt")], Standing.PROVEN),
        ([("spf", "temperror", "")], Standing.UNKNOWN),
    ],
)
def test_what_is_known_of_a_sender(checks, standing):
    assert standing_of(said(*checks), sender=SENDER) is standing


def test_without_a_check_nothing_is_known():
    assert standing_of(None, sender=SENDER) is Standing.UNKNOWN
