"""HTML as text: what a person would read of it. Nothing is fetched, nothing is run.

What is quoted in it bears marks in the text (`> `), as it would in a plain mail.
"""

import re
from html import unescape

import html_text
from lxml import etree
from lxml import html as lxml_html

from amends.contacts.channels.email.bodies import LONGEST_TEXT
from amends.contacts.channels.email.charsets import clean
from amends.contacts.channels.email.markup import without_huge_tags

LONGEST_LINK = 200

_TAG = re.compile(r"<[^<>]*+>?")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Machines on the way add lines after the end; parsers would stop there.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_OPENS, _CLOSES = "\ue000", "\ue001"  # private characters, which we take out of what comes
_OURS = str.maketrans("", "", _OPENS + _CLOSES + "\x00")
_NOTHING = f" \t\r\n\xa0{_OPENS}{_CLOSES}"
_QUOTES = re.compile(r"quote|cite|blockquote", re.IGNORECASE)
_LINE_AT_THE_LEFT = re.compile(r"border(?:-left)?\s*:", re.IGNORECASE)
_UNSEEN = frozenset({"head", "script", "style", "title", "noscript", "template"})


def text_of_html(html: str) -> str:
    """Return what a person would read of `html`; nothing is fetched, nothing is run."""
    whole = _ENDS.sub("", _DECLARATION.sub("", html)).translate(_OURS)
    source = without_huge_tags(whole)
    if not source.strip():
        return ""
    try:
        tree = lxml_html.document_fromstring(source)
        _write_out_links(tree)
        _mark_quotes(tree)
        text = _with_marks(html_text.extract_text(tree))
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        text = ""
    return clean(text or _without_tags(source))[:LONGEST_TEXT]


def _without_tags(source: str) -> str:
    """Return the bare text of HTML that no parser would take."""
    lines = unescape(_TAG.sub("\n", source)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _write_out_links(tree: "lxml_html.HtmlElement") -> None:
    """Write the target of a link after it where its words do not say it.

    Very long targets only track their reader; they stay in the original.
    """
    for link in tree.iter("a"):
        target = (link.get("href") or "").strip()
        bare = re.sub(r"^(?:https?://|mailto:|tel:)", "", target, flags=re.IGNORECASE).rstrip("/")
        said = "".join(link.itertext())
        if (
            bare == target.rstrip("/")
            or bare in said
            or not said.strip()
            or len(target) > LONGEST_LINK
        ):
            continue
        link.tail = f" <{target}>{link.tail or ''}"


def _mark_quotes(tree: "lxml_html.HtmlElement") -> None:
    """Set marks around the blocks that quote, not around those that only indent.

    Without any other sign, a block below which nothing follows is taken for a quotation.
    """
    said, depth = "", 0
    plain: lxml_html.HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = (element.tag == "blockquote") * (1 if event == "start" else -1)
        if step == 1 and not depth:
            plain = element if said else None
            if _is_quote(element) or said.endswith(":"):
                _mark(element)
                plain = None
        depth += step
        text = element.tail if event == "end" else _text_of(element)
        if text and text.strip(_NOTHING):
            said = text.rstrip()
            plain = plain if depth else None
    if plain is not None:
        _mark(plain)


def _text_of(element: "lxml_html.HtmlElement") -> str:
    """Return the text right inside `element`, if it is one that is shown."""
    shown = isinstance(element.tag, str) and element.tag not in _UNSEEN
    return (element.text or "") if shown else ""


def _is_quote(block: "lxml_html.HtmlElement") -> bool:
    return bool(
        block.get("type", "").lower() == "cite"
        or block.get("cite")
        or _QUOTES.search(block.get("class", ""))
        or _LINE_AT_THE_LEFT.search(block.get("style", ""))
    )


def _mark(block: "lxml_html.HtmlElement") -> None:
    block.text = _OPENS + (block.text or "")
    if len(block):
        block[-1].tail = (block[-1].tail or "") + _CLOSES
    else:
        block.text += _CLOSES


def _with_marks(text: str) -> str:
    """Return `text` with a mark before each line that lies between our private characters."""
    lines = []
    depth = 0
    for line in text.split("\n"):
        opened, closed = line.count(_OPENS), line.count(_CLOSES)
        quoted = depth > 0 or opened > 0
        depth = max(0, depth + opened - closed)
        bare = line.translate(_OURS)
        if bare.strip() or not (opened or closed):
            lines.append(f"> {bare.strip()}".rstrip() if quoted else bare)
    return "\n".join(lines).strip("\n")
