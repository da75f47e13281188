import pytest

from amends.contacts.channels.email.laid_out import text_of_html
from amends.contacts.rules.quotes import own_words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two &amp; more</p>", "One\n\nTwo & more"),
        ("One<br>Two", "One\nTwo"),
        ("<style>p{}</style><script>x()</script><p>Seen</p><!-- not -->", "Seen"),
        ("<?xml version='1.0' encoding='utf-8'?><p>Seen</p>", "Seen"),
        ('<a href="https://example.org/x">our page</a>', "our page <https://example.org/x>"),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        ('<a href="mailto:a@b.c">a@b.c</a> <a href="#top">up</a>', "a@b.c up"),
        (f'<a href="https://example.org/{"x" * 300}">track</a>', "track"),
        ('<a href="https://example.org"><img src="x"></a>', ""),
        ("", ""),
        ("  ", ""),
        ("a\x00b", "ab"),
        ("<p>" * 3000 + "deep", "deep"),
    ],
)
def test_html_becomes_what_a_person_would_read(html, text):
    assert text_of_html(html) == text


def test_html_that_no_parser_takes_is_read_without_its_tags():
    assert text_of_html("<!-- never closed") in {"", "never closed"}
    assert text_of_html("<" * 10) != "<"


@pytest.mark.parametrize(
    "history",
    [
        '<blockquote type="cite">When?</blockquote>',
        '<blockquote class="gmail_quote"><div>When?</div></blockquote><br>',
        '<blockquote style="border-left: 1px solid"><p>When?</p></blockquote>',
        "<div>23.11.2026, 14:41, Milda:</div><blockquote>When?</blockquote>",
        "<blockquote>When? <blockquote>Then.</blockquote> When?</blockquote>",
    ],
)
def test_what_is_quoted_bears_marks(history):
    text = text_of_html(f"<style>b:c</style><!-- a: --><p>At four.</p>{history}")
    assert "\n> When?" in text
    assert own_words(text) == "At four."


def test_a_block_that_only_indents_bears_none():
    text = text_of_html("<p>The bill says</p><blockquote>5 EUR</blockquote><p>and not 3</p>")
    assert ">" not in text
    assert own_words(text) == text


def test_a_block_with_nothing_before_it_bears_none():
    assert text_of_html("<blockquote>5 EUR</blockquote>") == "5 EUR"


def test_what_stands_after_the_end_is_read_too():
    html = "<html><body><p>Cold.</p></body></html><div>Sent by a gateway.</div></BODY></html >Last."
    assert text_of_html(html).split() == ["Cold.", "Sent", "by", "a", "gateway.", "Last."]


def test_our_private_characters_are_nobody_elses():
    assert text_of_html("<p>a\ue000b\ue001</p>") == "ab"


def test_text_that_lies_deep_is_read():
    assert text_of_html("<div>" * 3_000 + "<p>Cold.</p>") == "Cold."
