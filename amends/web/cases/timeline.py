"""The timeline of a case, worked out so that the template only prints it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from amends.base.language_words import language_word
from amends.base.time_words import exact_words, span_words, which_day_words
from amends.cases.queries.timeline import ContactItem, EventItem, Item, Marked, NoteItem
from amends.contacts.rules.kinds import Channel, Direction, Effect, Lane, Manner, Mood, Source
from amends.contacts.rules.quotes import Said, pieces_of
from amends.web.cases.bundles_told import BUNDLING
from amends.web.cases.clocks_told import CLOCKING
from amends.web.cases.deciding_told import DECIDING
from amends.web.cases.happenings import HAPPENINGS, Happening, Told
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.promises import Promise
    from amends.staff.models import Staff

SPOKEN = frozenset({Channel.TELEPHONE, Channel.DESK, Channel.CHAT})
ICONS = {
    Channel.TELEPHONE: "phone",
    Channel.DESK: "desk",
    Channel.LETTER: "letter",
    Channel.EMAIL: "mail",
    Channel.WEB: "globe",
    Channel.CHAT: "chat",
}
CAME: Mapping[tuple[Channel, Direction], Words] = {
    (Channel.TELEPHONE, Direction.IN): pgettext_lazy("after the customer's name", "telephoned"),
    (Channel.DESK, Direction.IN): pgettext_lazy("after the customer's name", "came to us"),
    (Channel.LETTER, Direction.IN): pgettext_lazy("after the customer's name", "wrote a letter"),
    (Channel.EMAIL, Direction.IN): pgettext_lazy("after the customer's name", "wrote"),
    (Channel.WEB, Direction.IN): pgettext_lazy("after the customer's name", "wrote in the form"),
    (Channel.CHAT, Direction.IN): pgettext_lazy("after the customer's name", "wrote in the chat"),
    (Channel.TELEPHONE, Direction.OUT): pgettext_lazy("after a colleague's name", "telephoned"),
    (Channel.DESK, Direction.OUT): pgettext_lazy("after a colleague's name", "visited"),
    (Channel.LETTER, Direction.OUT): pgettext_lazy("after a colleague's name", "wrote a letter"),
    (Channel.EMAIL, Direction.OUT): pgettext_lazy("after a colleague's name", "wrote"),
    (Channel.WEB, Direction.OUT): pgettext_lazy("after a colleague's name", "wrote"),
    (Channel.CHAT, Direction.OUT): pgettext_lazy("after a colleague's name", "wrote in the chat"),
}
BY_ITSELF = pgettext_lazy("after the customer's name", "sent this automatically")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, what time it is for them, and the words behind entries, where those are told.

    blind: whether the customer's manners are kept from them, because they decide a grave case.
    """

    staff: "Staff"
    now: datetime
    words: Mapping[int, str] = field(default_factory=dict)
    blind: bool = False

    def name_of(self, pk: int | None, name: str | None) -> str:
        """Return "you" for the reader, a name for anybody else."""
        return _("you") if pk == self.staff.pk else name or ""


def shown(
    items: Iterable[Item], promises: Mapping[int, "Promise"], reader: Reader
) -> list[dict[str, object]]:
    """Return the items of a timeline as the template prints them, with a line for each new day."""
    lines: list[dict[str, object]] = []
    day: date | None = None
    for item in items:
        line = line_of(item, promises, reader)
        if line is None:
            continue
        local = timezone.localtime(item.spot.at, reader.now.tzinfo)
        line["new_day"] = which_day_words(item.spot.at, reader.now) if local.date() != day else ""
        line["time"] = time_html(item.spot.at, reader.now)
        day = local.date()
        lines.append(line)
    return lines


def line_of(item: Item, promises: Mapping[int, "Promise"], reader: Reader) -> dict[str, Any] | None:
    """Return one thing that happened as it is printed; None for what is no news to a reader."""
    if isinstance(item, ContactItem):
        return _contact(item, reader)
    if isinstance(item, NoteItem):
        return {"kind": "note", "by": item.by, "text": item.text}
    return _event(item, promises, reader)


def happening_of(kind: str) -> Happening | None:
    """Return how an event of this kind is told; None for one that is no news to a reader."""
    for told in (HAPPENINGS, DECIDING, BUNDLING, CLOCKING):
        if kind in told:
            return told[kind]
    return None


def _event(
    item: EventItem, promises: Mapping[int, "Promise"], reader: Reader
) -> dict[str, object] | None:
    happening = happening_of(item.kind)
    if happening is None:
        return None
    told = Told(item.facts, item.promise, promises, reader.now)
    return {
        "kind": "event",
        "icon": happening.icon,
        "tone": happening.tone,
        "text": happening.says(told),
        "words": reader.words.get(item.spot.pk, ""),
        "by": _("you") if item.by == reader.staff.name else item.by,
    }


def _contact(item: ContactItem, reader: Reader) -> dict[str, object]:
    contact = item.contact
    channel, direction = Channel(contact["channel"]), Direction(contact["direction"])
    ours = direction is Direction.OUT and channel not in SPOKEN
    pieces = _pieces(contact["words"] or "", item.marks, ours=ours)
    return {
        "kind": "contact",
        "pk": contact["id"],
        "icon": ICONS[channel],
        "is_out": direction is Direction.OUT,
        "is_ours": ours,
        "name": _author(contact, direction, reader),
        "came": BY_ITSELF if contact["automatic"] and not ours else CAME[channel, direction],
        "meta": _meta(contact, channel, direction, reader),
        "subject": contact["subject"],
        "language": contact["language"],
        "pieces": pieces,
        "foot": [] if ours else _foot(item, reader),
        "bad": contact["effect"] == Effect.BAD,
        "notes": item.notes,
        "has_layout": _has_layout(item),
        "attachments": item.attachments[1:] if _has_layout(item) else item.attachments,
        "mail": item.mail,
        "automatic": contact["automatic"],
        "may_mark": not ours and bool(pieces),
    }


def _has_layout(item: ContactItem) -> bool:
    """Return whether this is a mail whose own layout is kept: the first file of such a one."""
    if item.contact["channel"] != Channel.EMAIL or item.contact["direction"] != Direction.IN:
        return False
    first = item.attachments[0] if item.attachments else None
    return bool(first and (first.name, first.media_type) == ("message.html", "text/html"))


def time_html(at: datetime, now: datetime) -> SafeString:
    """Return the hour of a day that is named above; the whole moment on hover."""
    local = timezone.localtime(at, now.tzinfo)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="minutes"),
        exact_words(at, now),
        f"{local:%H:%M}",
    )


def _author(contact: Mapping[str, Any], direction: Direction, reader: Reader) -> str:
    if direction is Direction.OUT:
        name = reader.name_of(contact["handled_by_id"], contact["handled_by"])
        return name[:1].upper() + name[1:]
    known = contact["person"] or contact["sender_name"] or contact["sender_address"]
    return known or _("Somebody")


def _meta(
    contact: Mapping[str, Any], channel: Channel, direction: Direction, reader: Reader
) -> SafeString:
    """Return when it was, how long it took, and who represented whom."""
    parts: list[str] = [time_html(contact["started_at"], reader.now)]
    lasted = contact["ended_at"] - contact["started_at"]
    if channel in SPOKEN and lasted:
        parts.append(span_words(lasted))
    if contact["speaks_for"]:
        parts.append(_("for %(name)s") % {"name": contact["speaks_for"]})
    if direction is Direction.OUT:
        to = contact["person"] or ""
        parts += [_("to %(name)s") % {"name": to}] if to else []
    elif contact["handled_by"]:
        who = reader.name_of(contact["handled_by_id"], contact["handled_by"])
        written = contact["source"] == Source.WRITTEN and channel is Channel.EMAIL
        by = _("forwarded by %(name)s") if written else _("taken down by %(name)s")
        parts.append(by % {"name": who})
    if contact["department"] and contact["handled_by"]:
        parts.append(_("for %(name)s") % {"name": contact["department"]})
    return format_html_join(" · ", "{}", ((part,) for part in parts))


def _foot(item: ContactItem, reader: Reader) -> list[str | SafeString]:
    """Return what stands below somebody's words: read back, mood, language, manners."""
    contact = item.contact
    foot: list[str | SafeString] = []
    if contact["read_back_at"]:
        at = timezone.localtime(contact["read_back_at"], reader.now.tzinfo)
        foot.append(_("read back and confirmed %(time)s") % {"time": f"{at:%H:%M}"})
    if contact["mood_start"] is not None:
        foot.append(_moods(contact["mood_start"], contact["mood_end"]))
    if contact["source"] in {Source.TRANSCRIPT, Source.TRANSLATION}:
        foot.append(word(Source(contact["source"])))
    if contact["language"] and contact["language"] != get_language():
        name = language_word(contact["language"])
        foot.append(_("in %(language)s") % {"language": name})
    if not reader.blind:
        foot += [word(Manner(manner.manner)) for manner in item.manners]
    return foot


def _moods(start: int, end: int | None) -> str:
    first = word(Mood(start))
    return first if end is None or end == start else f"{first} → {word(Mood(end))}"


def _pieces(words: str, marks: Iterable[Marked], *, ours: bool) -> list[dict[str, object]]:
    """Return what was written, its history and its signature, as they follow each other.

    What stands between somebody's answers is open, since they make no sense without it.
    """
    pieces: list[dict[str, object]] = []
    for piece in reversed(pieces_of(words)):
        own = piece.said is Said.OWN or (ours and piece.said is Said.SIGNATURE)
        text = words[piece.start : piece.end]
        start = piece.start + len(text) - len(text.lstrip())
        if not text.strip():
            continue
        answered = any(later["own"] for later in pieces)
        pieces.append(
            {
                "own": own,
                "words": text.strip() if ours or not own else _marked(text.strip(), start, marks),
                "is_signature": piece.said is Said.SIGNATURE,
                "open": answered,
                "last": own and not answered,
            }
        )
    return pieces[::-1]


def _marked(own: str, shift: int, marks: Iterable[Marked]) -> SafeString:
    """Return the writer's `own` part, `shift` into their words, with its marks underlined."""
    parts: list[str] = []
    place = 0
    for mark in marks:
        start, end = max(mark.start - shift, place), min(mark.end - shift, len(own))
        if end <= start:
            continue
        parts.append(escape(own[place:start]))
        parts.append(
            format_html(
                '<mark class="{}{}" title="{}">{}</mark>',
                mark.lane,
                "" if mark.marked_by_id else " as-read",
                word(Lane(mark.lane)),
                own[start:end],
            )
        )
        place = end
    parts.append(escape(own[place:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
