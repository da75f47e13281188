import pytest

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Authentication, Check, Spam
from tests.contacts.channels.email.messages import mail

GOOGLE = (
    "mx.google.com;\r\n       dkim=pass header.i=@example.lt header.s=k1 header.b=AbC/d;\r\n"
    "       spf=pass (google.com: domain of ruta@example.lt designates 1.2.3.4; really)\r\n"
    "         smtp.mailfrom=ruta@example.lt;\r\n"
    '       dmarc=fail reason="a; b" (p=NONE sp=NONE dis=NONE) header.from=example.lt'
)


def test_what_a_server_checked_is_read():
    [said] = read_mail(mail(Authentication_Results=GOOGLE)).authentication
    assert said == Authentication(
        "mx.google.com",
        (
            Check("dkim", "pass", "example.lt"),
            Check("spf", "pass", "ruta@example.lt"),
            Check("dmarc", "fail", "example.lt"),
        ),
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("mx.example.lt 1; none", Authentication("mx.example.lt")),
        (
            "mx.example.lt; spf/1=neutral",
            Authentication("mx.example.lt", (Check("spf", "neutral"),)),
        ),
        (";;;", Authentication("")),
        ("(", Authentication("(")),
    ],
)
def test_any_line_is_read_as_far_as_it_goes(value, said):
    assert read_mail(mail(Authentication_Results=value)).authentication == (said,)


@pytest.mark.parametrize(
    ("header", "value", "is_spam"),
    [
        ("X_Spam_Flag", "YES", True),
        ("X_Spam_Flag", "NO", False),
        ("X_Spam_Status", "Yes, score=7.1 required=5.0", True),
        ("X_Spam_Status", "No, score=-1.0 required=5.0", False),
        ("X_Spamd_Result", "default: True [15.2 / 15.0]", True),
        ("X_Spamd_Result", "default: False [1.0 / 15.0]", False),
        ("X_MS_Exchange_Organization_SCL", "6", True),
        ("X_MS_Exchange_Organization_SCL", "-1", False),
        ("X_Forefront_Antispam_Report", "CIP:1.2.3.4;SFV:SPM;CAT:SPM;", True),
        ("X_Forefront_Antispam_Report", "CIP:1.2.3.4;SFV:NSPM;CAT:NONE;", False),
    ],
)
def test_what_a_filter_says_is_read(header, value, is_spam):
    spam = read_mail(mail(**{header: value})).spam
    assert spam == Spam(is_spam, f"{header.replace('_', '-').lower()}: {value}")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Spam_Flag": "perhaps"},
        {"X_MS_Exchange_Organization_SCL": "many"},
        {"X_Spamd_Result": "default"},
        {"X_Forefront_Antispam_Report": "CIP:1.2.3.4"},
    ],
)
def test_a_filter_may_say_nothing(headers):
    assert read_mail(mail(**headers)).spam is None


def test_one_filter_that_finds_it_unwanted_is_enough():
    spam = read_mail(mail(X_Spam_Flag="NO", X_Bogosity="Spam, tests=bogofilter")).spam
    assert spam
    assert spam.is_spam
