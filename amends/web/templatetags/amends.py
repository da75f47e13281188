"""The components. Each is one tag, one template in components/, one stylesheet of the same name.

What stands in every row of a list is markup from a plain function instead, for an inclusion tag
costs as much as ten of those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Protocol

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.money_words import money_words
from amends.base.time_words import (
    Tone,
    ago_words,
    by_words,
    date_words,
    day_of_words,
    day_words,
    due_parts,
    exact_words,
    phrase_forms,
    plural_examples,
    tone,
)
from amends.contacts.rules.uploads import is_program
from amends.machine.queries import is_set_up
from amends.people.rules.points import shown_telephone
from amends.web.words import word_of

register = template.Library()
register.filter("word", word_of)
register.filter("money", money_words)
register.filter("telephone", shown_telephone)
register.simple_tag(is_set_up, name="outside_model")

STATES = {
    "saved": "promise",
    "offline": "offline",
    "stale": "stale",
    "refused": "close",
    "read-only": "lock",
    "parked": "park",
    "perhaps-sent": "help",
}


class NamedFile(Protocol):
    """A file as a page lists it."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing; `count` None shows no number."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure: `state` is done, now, open or passed; `missing` says what lacks."""

    label: str
    state: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case; `kept` says so in words once it is, `first` is the one that drives."""

    label: str
    at: datetime | None
    kept: str = ""
    first: bool = False


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw one of our icons; it says nothing to a screen reader, the words beside it do."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" icon--{size}" if size else "",
        static("web/icons.svg"),
        name,
    )


@register.filter
def due_html(at: datetime | None, now: datetime | None = None) -> SafeString:
    """Say when something is due, in a colour that is never alone; `now` in the reader's zone."""
    return due(at, now)


@register.simple_tag
def due(at: datetime | None, now: datetime | None = None, *, brief: bool = False) -> SafeString:
    """Say when something is due, as `due_html` does; `brief` leaves out how far that is."""
    if at is None:
        return mark_safe("")
    now = now or timezone.localtime()
    how = tone(at, now)
    moment, left = due_parts(at, now)
    left = "" if brief and moment else left
    exact = escape(exact_words(at, now))
    # Put together by hand: a list has twenty-five of these, and `format_html` doubles their cost.
    return mark_safe(  # noqa: S308 - every part is escaped or our own
        f'<time class="due due--{how}" datetime="{at.isoformat(timespec="minutes")}" '
        f'title="{exact}" data-due>{"" if how is Tone.FINE else icon("clock")}'
        f"<span>{escape(moment)}{', ' if moment and left else ''}"
        f"<span data-left>{escape(left)}</span></span>"
        f'<span class="unseen">, {exact}</span></time>'
    )


@register.filter
def ago_html(at: datetime | None, now: datetime | None = None) -> SafeString:
    """Say when something happened."""
    if at is None:
        return mark_safe("")
    now = now or timezone.localtime()
    return format_html(
        '<time datetime="{}" title="{}" data-ago>{}</time>',
        at.isoformat(timespec="minutes"),
        exact_words(at, now),
        ago_words(at, now),
    )


@register.filter
def day_html(at: datetime | None, now: datetime | None = None) -> SafeString:
    """Tell a moment in full: "tomorrow, Tuesday 24 November, 16:00"."""
    if at is None:
        return mark_safe("")
    now = now or timezone.localtime()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="minutes"),
        exact_words(at, now),
        day_words(at, now),
    )


@register.filter
def program_mark(file: NamedFile) -> SafeString:
    """Warn of a file that may run when it is opened; nothing for any other."""
    if not is_program(file.name, file.media_type):
        return mark_safe("")
    warning = _("This is a program. Do not open it unless you know why it was sent.")
    return format_html('<span class="late-text">{} {}</span>', icon("warning"), warning)


@register.filter
def on_day(at: datetime | date) -> str:
    """Name a day with its year, in the reader's zone: "23 November 2026"."""
    return date_words(timezone.localtime(at) if isinstance(at, datetime) else at)


@register.filter
def weekday_of(at: datetime) -> str:
    """Name a day with its weekday, as the heading of a page: "Sunday 22 November"."""
    return day_of_words(at, at)


@register.filter
def by_html(at: datetime, now: datetime | None = None) -> SafeString:
    """Tell the limit that a promise names: "by Tuesday 24 November, 16:00"."""
    now = now or timezone.localtime()
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), by_words(at, now)
    )


@register.simple_tag
def badge(tone_name: str, label: str, icon_name: str = "") -> SafeString:
    """Show a short state in the shape of a due moment: late, soon, fine or kept."""
    drawn = icon(icon_name) if icon_name else mark_safe("")
    return format_html('<span class="due due--{}">{}{}</span>', tone_name, drawn, label)


@register.simple_tag
def time_phrases() -> dict[str, dict[str, dict[str, str]]]:
    """Return the phrases with which the browser keeps times fresh."""
    return phrase_forms()


@register.simple_tag
def page_words() -> dict[str, str]:
    """Return what the browser says by itself."""
    return {
        "saved": _("Saved #"),
        "offline": _("Kept on this computer. It will be sent when the line is back."),
        "offlineAct": _("The line is down. Nothing was sent; try again in a moment."),
        "signedOut": _("You are signed out. Your text is kept on this computer."),
        "refused": _("This could not be saved as it is. Your text is kept on this computer."),
        "stale": _("This was changed in another window. Both texts are kept; choose one."),
        "takeNewer": _("Take the newer text"),
        "keepMine": _("Keep my text"),
        "failed": _("That did not work, and we have noted it. Nothing was changed."),
        "remarked": _("Not sent yet: read the remark under your text. A second click sends it."),
        "slower": _("That was too often in a short time. Wait a moment and try again."),
    }


@register.simple_tag
def live_phrases() -> dict[str, str]:
    """Return what a list says when something in it is new, by plural category."""
    numbers = plural_examples()
    news = {
        category: (ngettext("%(n)s new thing: show", "%(n)s new things: show", n) % {"n": n})
        for category, n in numbers.items()
    }
    told = {category: text.replace(str(numbers[category]), "#") for category, text in news.items()}
    return {**told, "changed": _("This list has changed: show")}


@register.inclusion_tag("components/words.html")
def words(text: str, language: str = "", notes: Sequence[str] = ()) -> dict[str, object]:
    """Set the customer's own words on their own ground; `notes` say where they come from."""
    return {"text": text, "language": language, "notes": [note for note in notes if note]}


@register.inclusion_tag("components/slip.html")
def slip(
    what: str, due_at: datetime, who: str, state: str = "", answer: str = ""
) -> dict[str, object]:
    """Show a promise as its sentence; `state` is late, kept, past or nothing."""
    return {"what": what, "due_at": due_at, "who": who, "state": state, "answer": answer}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, hide_label: bool = False) -> dict[str, object]:
    """Render one field of a form with its label, its help and its errors tied to it."""
    return {
        "field": bound,
        "hide_label": hide_label,
        "is_tick": isinstance(bound.field.widget, CheckboxInput),
        "is_group": bound.field.widget.use_fieldset,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """Sum up what is wrong on top of a form, each with a way to its field."""
    wrong = [bound for bound in form if bound.errors] if form.is_bound else []
    return {"general": form.non_field_errors() if form.is_bound else [], "fields": wrong}


@register.inclusion_tag("components/state.html")
def state(name: str, text: str, url: str = "", act: str = "") -> dict[str, object]:
    """Say in one sentence what state a page is in, and what can be done about it."""
    return {"name": name, "icon_name": STATES[name], "text": text, "url": url, "act": act}


@register.inclusion_tag("components/empty.html")
def empty(icon_name: str, title: str, text: str, url: str = "", act: str = "") -> dict[str, object]:
    """Say what would be here and how to begin."""
    return {"icon_name": icon_name, "title": title, "text": text, "url": url, "act": act}


@register.simple_tag
def person(name: str, url: str = "", detail: str = "") -> SafeString:
    """Name somebody, with one thing worth knowing; no picture, a name is enough."""
    shown = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<b>{}</b>", name)
    more = format_html(' <span class="muted">{}</span>', detail) if detail else ""
    return format_html('<span class="person">{}{}</span>', shown, more)


@register.inclusion_tag("components/chips.html")
def chips(bound: BoundField, *, hide_label: bool = False) -> dict[str, object]:
    """Offer the choices of a field as chips: one of them by radio, several by tick."""
    return {"field": bound, "hide_label": hide_label}


@register.inclusion_tag("components/strip.html")
def strip(bound: BoundField, tones: str = "") -> dict[str, object]:
    """Offer the choices of a field as one strip; `tones` names hot, warm or calm for each."""
    given = tones.split()
    parts = [
        (option, given[place] if place < len(given) else "")
        for place, option in enumerate(bound.subwidgets)
    ]
    return {"field": bound, "parts": parts}


@register.inclusion_tag("components/tabs.html")
def tabs(label: str, items: Sequence[Tab]) -> dict[str, object]:
    """Lead to several views of the same thing."""
    return {"label": label, "items": items}


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Step]) -> dict[str, object]:
    """Show a procedure: what is done, what is now, what is open and what it lacks."""
    icons = {"done": "promise", "now": "now", "open": "circle", "passed": "skip"}
    return {"items": [(step, icons[step.state]) for step in items]}


@register.inclusion_tag("components/clocks.html")
def clocks(items: Sequence[Clock], now: datetime | None = None) -> dict[str, object]:
    """Show the law's clock, ours and the customer's own beside each other."""
    return {"items": items, "now": now or timezone.localtime()}


@register.inclusion_tag("components/event.html")
def event(
    icon_name: str, text: str, at: datetime, now: datetime | None = None, kind: str = ""
) -> dict[str, object]:
    """Show one line of the timeline that is not a contact."""
    return {"icon_name": icon_name, "text": text, "at": at, "now": now, "kind": kind}


@register.inclusion_tag("components/pager.html")
def pager(earlier: str = "", later: str = "") -> dict[str, object]:
    """Lead on in a list that is read by key; an empty address means that there is no more."""
    return {"earlier": earlier, "later": later}


@register.inclusion_tag("components/confirm.html", takes_context=True)
def confirm(
    context: template.Context, action: str, title: str, text: str, naming: str, act: str
) -> dict[str, object]:
    """Ask to name the thing before something that cannot be undone."""
    return {
        "csrf_token": context.get("csrf_token"),
        "action": action,
        "title": title,
        "text": text,
        "naming": naming,
        "act": act,
    }


@register.inclusion_tag("components/progress.html")
def progress(label: str, done: int, total: int) -> dict[str, object]:
    """Show how far long work has come."""
    return {"label": label, "done": done, "total": total}
