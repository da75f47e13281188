import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.light import laid_out, pictures_named, without_picture


def body(text):
    page = laid_out(text, "lt")
    found = re.search(r'max-width:640px">\n(.*)\n</div>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n \n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("So:\n- one\n- **two**\nthen",
         "<p>So:</p>\n<ul><li>one</li><li><strong>two</strong></li></ul>\n<p>then</p>"),
        ("2. two\n3) three", '<ol start="2"><li>two</li><li>three</li></ol>'),
        ("a **b** ** c ** **d e**", "<p>a <strong>b</strong> ** c ** <strong>d e</strong></p>"),
        ("See https://a.example/x?a=1&b=2.",
         '<p>See <a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>.</p>'),
        ("(http://a.example)", '<p>(<a href="http://a.example">http://a.example</a>)</p>'),
        ("javascript:alert(1) <b>x</b>", "<p>javascript:alert(1) &lt;b&gt;x&lt;/b&gt;</p>"),
        ('https://a.example/"onclick="x',
         '<p><a href="https://a.example/">https://a.example/</a>&quot;onclick=&quot;x</p>'),
        ("- \n49 - 3 = 46", "<p>-<br>49 - 3 = 46</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_light_marks_are_laid_out_and_nothing_else(text, html):
    assert body(text) == html


PICTURES = {"valve.png": "p1.1@a.example", 'a"<b.png': "p2.1@a.example"}
IMAGE = '<img src="cid:p1.1@a.example"'
STYLE = 'style="max-width:100%;height:auto"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Look:\n[valve.png: the broken valve]\nthere.",
            f'<p>Look:<br>{IMAGE} alt="the broken valve" {STYLE}><br>there.</p>',
        ),
        (" [valve.png] ", f'<p><img src="cid:p1.1@a.example" alt="valve" {STYLE}></p>'),
        ("[valve.png:]", f'<p><img src="cid:p1.1@a.example" alt="valve" {STYLE}></p>'),
        (
            '[a"<b.png: "><script>]',
            f'<p><img src="cid:p2.1@a.example" alt="&quot;&gt;&lt;script&gt;" {STYLE}></p>',
        ),
        ("See [valve.png] there", "<p>See [valve.png] there</p>"),
        ("[other.png]", "<p>[other.png]</p>"),
    ],
)
def test_a_picture_is_shown_where_its_name_stands_alone(text, html):
    page = laid_out(text, "en", PICTURES)
    assert f"\n{html}\n" in page


def test_the_pictures_of_a_text_are_told_in_their_order():
    text = "[b.png]\r\n[a.png: x]\n[b.png]\n[c.png]\nsee [d.png]"
    assert pictures_named(text, {"a.png", "b.png", "d.png"}) == ["b.png", "a.png"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See:\n[a.png]\nThere.", "See:\nThere."),
        ("[a.png: the valve]\r\n[b.png]\r\n [a.png] ", "[b.png]\r"),
        ("See [a.png] there.\n[a.png.png]", "See [a.png] there.\n[a.png.png]"),
    ],
)
def test_a_picture_that_is_taken_out_leaves_no_line_behind(text, left):
    assert without_picture(text, "a.png") == left


def test_the_page_says_its_language():
    assert '<html lang="lt">' in laid_out("Laba diena", "lt")


@given(st.text(alphabet="<>&\"'*- \n1.ahtps:/", max_size=80))
def test_whatever_is_written_only_our_own_elements_come_of_it(text):
    tags = re.findall(r"<[^>]*>", body(text))
    ours = r'</?(?:p|br|ul|li|strong|a)>|</?ol>|<ol start="\d+">|<a href="https?://[^"<>\s]*">'
    assert [tag for tag in tags if not re.fullmatch(ours, tag)] == []
