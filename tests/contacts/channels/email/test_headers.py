from datetime import UTC, datetime, timedelta, timezone

import pytest

from amends.contacts.channels.email.headers import (
    MOST_PARAMETERS,
    date_of,
    decode_words,
    ids_in,
    parameters_of,
    text_of,
    unfold,
    without_comments,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Cold again", "Cold again"),
        ("=?utf-8?q?=C5=A0alta_v=C4=97l?=", "Šalta vėl"),
        ("=?UTF-8?B?xaBhbHRhIHbEl2w=?=", "Šalta vėl"),
        ("=?utf-8?B?xaBhbHRhIHbEl2w?=", "Šalta vėl"),
        ("Re: =?utf-8?q?=C5=A0alta?=  =?utf-8?q?_v=C4?=\r\n =?utf-8?q?=97l?= ?", "Re: Šalta vėl ?"),
        ("=?utf-8?q?=C5=A0?= and =?utf-8?q?=C4=97?=", "Š and ė"),
        ("=?iso-8859-2?q?=B1?= =?utf-8?q?=C4=97?=", "ąė"),
        ("=?utf-8*lt?q?=C5=A0?=", "Š"),
        ("=?iso-8859-1?q?Frösche?=", "Frösche"),
        ("=?iso-8859-1?q?ėė?=", "Ä—Ä—"),
        ("=?nonsense?q?a?=", "a"),
        ("=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("=?utf-8?b?A?=", ""),
        ("=?utf-8?q?a=00b=0D=0AEvil:_x?=", "a\ufffdb  Evil: x"),
        ("a\r\n\tb \r\n c", "a b c"),
    ],
)
def test_encoded_words_are_read(value, text):
    assert decode_words(value) == text


def test_raw_bytes_beyond_ascii_are_read_as_they_look():
    assert text_of("Šalta".encode()) == "Šalta"
    assert text_of("Ça".encode("cp1252")) == "Ça"
    assert text_of(b"plain") == "plain"


def test_a_folded_value_becomes_one_line():
    assert unfold(" a \r\n  b\r\n\tc ") == "a b c"


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<1@a> <2@b>", ("1@a", "2@b")),
        ("<1@a>\r\n <2@b>", ("1@a", "2@b")),
        ("bare@id", ("bare@id",)),
        ("", ()),
        ("< >", ()),
    ],
)
def test_ids_are_found(value, ids):
    assert ids_in(value) == ids


def test_comments_are_left_out_however_they_nest():
    assert without_comments("a (b (c) d) e").split() == ["a", "e"]
    assert without_comments("(" * 30 + "a" + ")" * 30).strip() != ""


EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("Fri, 27 Mar 2026 15:00:00 +0200", datetime(2026, 3, 27, 15, tzinfo=EAST)),
        ("27 Mar 26 15:00 +0200 (EET)", datetime(2026, 3, 27, 15, tzinfo=EAST)),
        ("27 March 1999 15:00:60 GMT", datetime(1999, 3, 27, 15, 0, 59, tzinfo=UTC)),
        ("27 Mar 99 15:00:00 EET", datetime(1999, 3, 27, 15, tzinfo=EAST)),
        ("27-Mar-2026 15.00.00", datetime(2026, 3, 27, 15, tzinfo=UTC)),
        ("27.03.2026 15:00", datetime(2026, 3, 27, 15, tzinfo=UTC)),
        ("2026-03-27T15:00:00.123+02:00", datetime(2026, 3, 27, 15, tzinfo=EAST)),
        ("Fri Mar 27 15:00:00 2026", datetime(2026, 3, 27, 15, tzinfo=UTC)),
        ("27 Mar 2026 15:00:00 -0330", None),
    ],
)
def test_dates_are_read_in_the_forms_that_occur(value, instant):
    told = date_of(value)
    assert told == (instant or datetime(2026, 3, 27, 18, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "31 Feb 2026 15:00",
        "5 Sep 2018 29:24:05",
        "5 Foo 2018 09:24:05",
        "5 Sep 2999 09:24:05",
        "5 Sep 2018 09:24:05 +9900",
    ],
)
def test_what_is_no_date_is_none(value):
    assert date_of(value) is None


@pytest.mark.parametrize(
    ("value", "kind", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ('TEXT / Plain (x); Charset="utf-8"', "text/plain", {"charset": "utf-8"}),
        ("a/b; name=two words.pdf; x=1", "a/b", {"name": "two words.pdf", "x": "1"}),
        ('a/b; name="q\\"uote;d"', "a/b", {"name": 'q"uote;d'}),
        ('a/b; name="never closed', "a/b", {"name": "never closed"}),
        ("a/b; name*=utf-8''%C5%A0alta.pdf", "a/b", {"name": "Šalta.pdf"}),
        ("a/b; name*0*=utf-8'lt'%C5; name*1*=%A0al; name*2=ta", "a/b", {"name": "Šalta"}),
        ("a/b; name*0=one; name*1=two", "a/b", {"name": "onetwo"}),
        ("a/b; name*=plain", "a/b", {"name": "plain"}),
        ("a/b; name==?utf-8?q?=C5=A0?=", "a/b", {"name": "Š"}),
        ("a/b\r\n name=x\r\n y=z", "a/b", {"name": "x", "y": "z"}),
        ("a/b; =value; ;x=1", "a/b", {"x": "1"}),
    ],
)
def test_parameters_are_read(value, kind, parameters):
    assert parameters_of(value) == (kind, parameters)


def test_parameters_beyond_reason_are_left_out():
    _kind, parameters = parameters_of("a/b" + "".join(f"; p{n}=1" for n in range(500)))
    assert len(parameters) == MOST_PARAMETERS
