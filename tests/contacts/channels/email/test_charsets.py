import pytest

from amends.contacts.channels.email.charsets import (
    charset_inside,
    clean,
    codec_for,
    decode,
    guess,
    one_line,
)
from amends.contacts.rules.messages import Problem

RUSSIAN = "Здравствуйте, опять холодно, и никто не приходит"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Šalta vėl", "utf-8"),
        ("Znowu zimno, proszę", "iso-8859-2"),
        ("Šalta vėl", "windows-1257"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "windows-1251"),
        ("“Cold” – again", "iso-8859-1"),
        ("“Cold”", "us-ascii"),
        ("寒い", "iso-2022-jp"),
        ("中文", "gb2312"),
    ],
)
def test_text_is_read_by_the_charset_that_its_label_means(text, label):
    codec = codec_for(label)
    data = text.encode("cp1252" if codec == "ascii" else codec)
    assert decode(data, label)[0] == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Šalta vėl", "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        ("Ça va, à bientôt", "cp1252"),
    ],
)
def test_unlabelled_text_is_read_as_it_looks(text, codec):
    assert decode(text.encode(codec)) == (text, None)


@pytest.mark.parametrize("label", ["x-unknown", "hex", "base64", "rot13", "\x00", "utf-8-but-not"])
def test_a_label_that_names_no_charset_is_a_problem_and_no_obstacle(label):
    assert decode("Šalta".encode(), label) == ("Šalta", Problem.CHARSET_WRONG)


def test_plain_letters_need_no_label():
    assert decode(b"cold") == ("cold", None)
    assert decode(b"cold", "x-unknown") == ("cold", Problem.CHARSET_WRONG)


def test_a_few_wrong_bytes_do_not_spoil_the_rest():
    data = ("ąčęėįšųūž " * 10).encode() + b"\xff"
    text, problem = decode(data, "utf-8")
    assert text.startswith("ąčęėįšųūž")
    assert problem is Problem.CHARSET_WRONG


def test_text_labelled_utf_8_that_is_not_is_read_as_it_looks():
    assert decode(RUSSIAN.encode("cp1251"), "utf-8") == (RUSSIAN, Problem.CHARSET_WRONG)


def test_bytes_that_a_labelled_charset_lacks_are_shown_as_missing():
    text, problem = decode(b"\x82\xff\xff abc", "shift_jis")
    assert text.endswith("abc")
    assert problem is Problem.CHARSET_WRONG


def test_bytes_that_no_western_charset_has_are_still_kept():
    assert decode(b"a \x81 b", "windows-1252") == ("a \x81 b", Problem.CHARSET_WRONG)


def test_a_letter_cut_in_two_at_the_end_does_not_hide_the_charset():
    assert guess("Šalta vė".encode()[:-1]) == "utf-8"


def test_what_no_database_holds_is_taken_out():
    assert clean("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert one_line(" a\r\n\tb\x00 ") == "a   b"


@pytest.mark.parametrize("text", ["机房环境法规", "宝马系敞篷版, 洛杉矶车展"])
def test_chinese_without_a_label_is_known(text):
    assert decode(text.encode("gb2312")) == (text, None)


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_cyrillic_is_not_taken_for_chinese(codec):
    text = "Воды опять нет уже пять дней и тепла нет"
    assert decode(text.encode(codec))[0] == text
    assert decode("холодно тут".encode(codec))[0] == "холодно тут"


def test_japanese_with_the_signs_of_windows_is_read():
    data = b"(\x1b$B-!\x1b$@F|K\\\x1b(B) \x1b$B\x20\x20"
    assert decode(data, "iso-2022-jp") == ("(①日本)   ", None)


def test_the_charset_that_html_claims_is_found():
    assert charset_inside(b'<meta charset="koi8-r">') == "koi8-r"
    assert charset_inside(b"<meta content='text/html; charset=utf-8'>") == "utf-8"
    assert charset_inside(b"<p>charset=utf-8</p>") == ""
