"""The HTML of a mail made fit to be shown: nothing in it runs, and nothing in it is fetched. Pure.

What stays is what sets text: headings, lists, tables, links, colours, and pictures that came along.
It is shown in a frame under a policy of its own besides; either alone would suffice.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

import nh3

from amends.contacts.channels.email.laid_out import text_of_html
from amends.contacts.channels.email.markup import is_too_deep, without_huge_tags
from amends.contacts.rules.messages import Attached, Data
from amends.contacts.rules.pictures import picture_key

MOST_PICTURE_BYTES = 8_000_000

_RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:|ftp:)?//", re.IGNORECASE)
_LINKS = re.compile(r"\s*(?:https?://|mailto:|tel:)", re.IGNORECASE)
_TAGS = set(
    re.findall(
        r"\S+",
        "a abbr address article aside b bdi bdo big blockquote br caption center cite code col "
        "colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 "
        "h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small "
        "span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var "
        "wbr",
    )
)
_DROPPED_WHOLE = set(
    re.findall(
        r"\S+",
        "script style title template noscript noembed noframes iframe object embed applet svg "
        "math audio video canvas select option textarea xmp plaintext",
    )
)
_BOX = {"align", "valign", "width", "height", "bgcolor", "color", "style", "dir", "lang", "title"}
_ATTRIBUTES = {
    "*": _BOX,
    "a": {"href"},
    "img": {"src", "alt", "border"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"face", "size"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
}
# None of them takes an address of anything.
_STYLES = set(
    re.findall(
        r"\S+",
        "background-color border border-bottom border-collapse border-color border-left border- "
        "radius border-right border-spacing border-style border-top border-width color "
        "direction display font-family font-size font-style font-variant font-weight height "
        "letter-spacing line-height margin margin-bottom margin-left margin-right margin-top "
        "max-width min-width padding padding-bottom padding-left padding-right padding-top "
        "table-layout text-align text-decoration text-indent text-transform vertical-align "
        "white-space width word-break word-spacing",
    )
)


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """HTML that may be shown, and the pictures on other servers that are left out of it."""

    html: str
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What one cleaning has come across.

    pictures: data addresses by content id, or by the key of the address on another server.
    remote: what is left out, in the order of the mail.
    """

    pictures: Mapping[str, str]
    remote: dict[str, None] = field(default_factory=dict)

    def keep(self, tag: str, name: str, value: str) -> str | None:
        """Return what is kept of an attribute; None leaves it out."""
        if name == "src":
            return self._picture(value)
        if name == "href":
            return value if tag == "a" and _LINKS.match(value) else None
        if name == "style" and re.search(r"url\s*\(|image|expression|@|\\", value, re.IGNORECASE):
            return None
        return value

    def _picture(self, value: str) -> str | None:
        if _DATA.fullmatch(value):
            return value
        scheme, _colon, rest = value.strip().partition(":")
        if scheme.lower() == "cid":
            return self.pictures.get(unquote(rest).strip("<> "))
        if not _REMOTE.match(value):
            return None
        address = value.strip()
        fetched = self.pictures.get(picture_key(address))
        if fetched is None:
            self.remote[address] = None
        return fetched


def safe_html(html: str, *, pictures: Mapping[str, str]) -> SafeHtml:
    """Return `html` cleaned; its pictures are taken from `pictures`, which are data addresses.

    They are named by the content id, or by the key of the address that they were fetched from.
    What nests deeper than any program writes is shown as its text.
    """
    bearable = without_huge_tags(html.replace("\x00", ""))
    if is_too_deep(bearable):
        return SafeHtml(f"<pre>{escape(text_of_html(bearable))}</pre>")
    reading = _Reading(pictures)
    cleaned = nh3.clean(
        bearable,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=reading.keep,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return SafeHtml(cleaned, tuple(reading.remote))


def pictures_in(files: Iterable[Attached]) -> dict[str, str]:
    """Return the pictures that came along as data addresses, by content id, as far as they fit."""
    pictures: dict[str, str] = {}
    room = MOST_PICTURE_BYTES
    for file in files:
        if file.content_id and file.type in _RASTER and file.size_bytes <= room:
            room -= file.size_bytes
            pictures[file.content_id] = as_address(file.data, file.type)
    return pictures


def as_address(data: Data, kind: str) -> str:
    """Return the picture `data` as an address that holds it, so that nothing is fetched for it."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
