import pytest

from amends.contacts.rules.consent import KNOWN, challenge_of, may_be_asked, way_to_ask
from amends.contacts.rules.fetching import (
    BYTES_AT_ONCE,
    Access,
    Waiting,
    groups,
    key_in,
    minutes_between_tries,
    place_of,
    seconds_to_wait,
    uid_of,
)
from amends.contacts.rules.mailboxes import Issuer, Protection, Trouble
from amends.contacts.rules.providers import proposal_for


def waiting(*sizes: int) -> list[Waiting]:
    return [Waiting(uid, str(uid), size) for uid, size in enumerate(sizes, start=1)]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((), []),
        ((1, 1, 1, 1, 1), [2, 2, 1]),
        ((BYTES_AT_ONCE, 1, 1), [1, 2]),
        ((1, BYTES_AT_ONCE + 1, 1), [1, 1, 1]),
    ],
)
def test_mails_are_fetched_a_few_at_once_and_a_large_one_alone(sizes, expected):
    assert [len(group) for group in groups(waiting(*sizes), most=2)] == expected


def test_waits_grow_to_a_limit_and_are_longer_at_the_door():
    assert [seconds_to_wait(Trouble.CONNECTION, failures) for failures in (1, 2, 3, 99)] == [
        5, 10, 20, 900,
    ]  # fmt: skip
    assert [seconds_to_wait(Trouble.SIGN_IN, failures) for failures in (1, 2, 99)] == [
        60,
        120,
        3600,
    ]
    assert [minutes_between_tries(tries) for tries in (0, 1, 2, 99)] == [1, 2, 4, 1440]


def test_a_place_is_one_folder_of_one_account():
    def place(**other: str) -> str:
        facts = {"host": "Mail.example", "user": "care", "folder": "INBOX"} | other
        return place_of(
            Access(
                host=facts["host"], port=1, protection=Protection.TLS, user=facts["user"],
                folder=facts["folder"], patience_seconds=1,
            )
        )  # fmt: skip

    assert place() == place(host="mail.example")
    assert len({place(), place(user="x"), place(folder="x"), place(host="x")}) == 4
    assert uid_of(key_in(place(), 7, 12)) == 12


def test_an_address_tells_the_server_of_its_provider():
    assert proposal_for("no address") is None
    assert proposal_for("a@localhost") is None
    gmail, own = proposal_for("US@GMail.com"), proposal_for("care@water.example")
    assert gmail
    assert own
    assert (gmail.host, gmail.issuer, gmail.is_known) == ("imap.gmail.com", Issuer.GOOGLE, True)
    assert (own.host, own.issuer, own.is_known) == ("imap.water.example", None, False)


def test_a_challenge_is_the_one_of_the_standard():
    # Source: RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://issuer.example/token", True),
        ("http://127.0.0.1:80/token", True),
        ("http://localhost/", True),
        ("http://issuer.example/token", False),
        ("ftp://issuer.example/", False),
        ("https://user:secret@issuer.example/", False),
        ("https://issuer.example/#part", False),
        ("https://", False),
        ("https://a:b:c/", False),
        ("https://[", False),
    ],
)
def test_secrets_go_over_tls_or_to_this_machine_only(address, may):
    assert may_be_asked(address) is may


def test_what_is_asked_of_an_issuer_says_who_asks_and_where_to_come_back_to():
    told = {"client_id": "a", "back_to": "https://x/", "state": "s", "challenge": "c", "user": "u"}
    way = way_to_ask(KNOWN[Issuer.GOOGLE], **told)
    assert "redirect_uri=https%3A%2F%2Fx%2F" in way
    assert "code_challenge=c&code_challenge_method=S256" in way
    own = KNOWN[Issuer.GOOGLE].__class__("https://x/?a=b", "", "")
    assert way_to_ask(own, **told).startswith("https://x/?a=b&response_type=code")
