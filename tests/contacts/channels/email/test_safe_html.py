import pytest

from amends.contacts.channels.email import safe_html as module
from amends.contacts.channels.email.safe_html import SafeHtml, pictures_in, safe_html
from amends.contacts.rules.messages import Attached

PNG = "data:image/png;base64,AAAA"


def cleaned(html: str) -> str:
    return safe_html(html, pictures={"logo@x": PNG}).html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>@import 'https://evil.example';</style>",
        "<title>told twice</title>",
        "<iframe src=https://evil.example></iframe>",
        "<svg><image href=https://evil.example/a.png /></svg>",
        "<object data=https://evil.example></object>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<base href=https://evil.example>",
        "<link rel=dns-prefetch href=//evil.example>",
        "<!-- a comment -->",
    ],
)
def test_what_runs_or_fetches_is_gone_with_all_it_holds(html):
    assert cleaned(f"<p>Cold</p>{html}") == "<p>Cold</p>"


@pytest.mark.parametrize(
    "attribute",
    [
        "onclick=alert(1)",
        'style="background-image: url(https://evil.example/a.png)"',
        'style="color: red; list-style: url(https://evil.example/a.png)"',
        'style="width: expression(alert(1))"',
        'style="color: \\75rl(1)"',
        "background=https://evil.example/a.png",
        "id=body",
        "class=button",
        "srcset=https://evil.example/a.png",
    ],
)
def test_an_attribute_that_acts_or_fetches_is_gone(attribute):
    assert cleaned(f"<p {attribute}>Cold</p>") == "<p>Cold</p>"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "/logout/", "//x"])
def test_a_link_that_leads_nowhere_outside_leads_nowhere(target):
    assert "href" not in cleaned(f'<a href="{target}">Look</a>')


def test_a_link_opens_in_a_window_that_knows_nothing_of_ours():
    html = cleaned('<a href="https://home.example/">Look</a>')
    assert 'href="https://home.example/"' in html
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_how_a_text_is_set_stays():
    row = '<tr><td style="color:red" colspan="2">Cold</td></tr>'
    html = f'<table width="100%"><tbody>{row}</tbody></table>'
    assert cleaned(html) == html


def test_a_picture_that_came_along_is_shown():
    assert cleaned('<img src="cid:logo@x" alt="us">') == f'<img src="{PNG}" alt="us">'
    assert cleaned('<img src="CID:logo%40x">') == f'<img src="{PNG}">'
    assert cleaned('<img src="cid:unknown">') == "<img>"
    assert cleaned(f'<img src="{PNG}">') == f'<img src="{PNG}">'
    assert cleaned('<img src="data:image/svg+xml;base64,AAAA">') == "<img>"


def test_pictures_on_other_servers_are_left_out_and_counted():
    html = (
        "<img src=https://a.example/1.png><img src=//a.example/2.png><img src=/own.png>"
        "<img src=https://a.example/1.png>"
    )
    assert safe_html(html, pictures={}) == SafeHtml(
        "<img><img><img><img>", left_out=("https://a.example/1.png", "//a.example/2.png")
    )


def test_pictures_that_came_along_are_taken_as_far_as_they_fit(monkeypatch):
    monkeypatch.setattr(module, "MOST_PICTURE_BYTES", 5)
    files = [
        Attached("a.png", "image/png", "image/png", b"\0\0\0", content_id="a"),
        Attached("b.png", "image/png", "image/png", b"\0\0\0", content_id="b"),
        Attached("c.svg", "image/png", "text/html", b"\0", content_id="c"),
        Attached("d.png", "image/png", "image/png", b"\0"),
    ]
    assert pictures_in(files) == {"a": PNG}


def test_what_nests_beyond_measure_is_shown_as_text():
    assert cleaned("<div>" * 9_000 + "1 &lt; 2 & 3") == "<pre>1 &lt; 2 &amp; 3</pre>"
    beside = "<div><b>1</b></div>" * 3_000
    assert cleaned(beside) == beside


def test_a_tag_of_countless_attributes_is_left_out():
    names = " ".join(f"a{number}" for number in range(20_000))
    assert names not in cleaned(f"<p {names}>Cold</p>")
    large = "data:image/png;base64," + "A" * 30_000
    assert cleaned(f'<img src="{large}">') == f'<img src="{large}">'
