"""From a sheet as it was filled in to what is taken down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.cases.actions.giving import Gift
from amends.cases.actions.opening import Opening
from amends.cases.actions.parties import Identity
from amends.cases.actions.promises import Offer
from amends.cases.actions.taking_down import DoneNow, Promised, Sheet, Who
from amends.cases.queries.reading import case_for
from amends.cases.rules.kinds import CheckLevel, How
from amends.coach.rules import Advice
from amends.contacts.actions.attachments import Upload
from amends.contacts.actions.recording import Telling
from amends.contacts.rules.kinds import Channel, Direction, Mood, Source
from amends.contacts.rules.moods import effect_of, first_and_last, phases_through
from amends.people.rules.kinds import PointKind
from amends.staff.queries import default_team, teams_of
from amends.staff.rules.authority import RemedyKind
from amends.web.coach.cards import card_of_mood
from amends.web.sheet.forms import FOLLOWED, MANNERS, Ending, instant, kind_of, moods_in
from amends.web.sheet.page import Page
from amends.web.sheet.sayings import AS_THEY_ASKED, CALL_BACK
from amends.web.sheet.who import Meant, colleague_meant, newcomer, points_of

LONGEST_CALL = timedelta(hours=24)
NOON = time(12)
# Who writes a letter is not there to say yes.
HOW = {Channel.TELEPHONE: How.TELEPHONE, Channel.DESK: How.DESK}
_STAMPED = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s+(.+)")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet whose form holds, and of whose people nobody need be asked for any more."""

    page: Page
    uploads: Sequence[Upload]
    at: datetime

    @property
    def given(self) -> Mapping[str, Any]:
        return self.page.form.cleaned_data

    @property
    def channel(self) -> Channel:
        return Channel(self.given["channel"] or Channel.TELEPHONE)


def sheet_of(filled: Filled) -> Sheet:
    """Return the sheet as it is taken down.

    Raises NoSuchColleague.
    """
    given = filled.given
    is_spoken = filled.channel is not Channel.LETTER
    onto = (
        case_for(filled.page.request.user, filled.page.reference) if filled.page.reference else None
    )
    return Sheet(
        key=filled.page.key,
        telling=_telling(filled),
        opening=_opening(filled),
        who=_party(filled, filled.page.speaker, points_of(filled.page.form)),
        speaks_for=_party(filled, filled.page.represented, ()),
        authority=given["authority"],
        onto=onto,
        apologised=is_spoken and given["apologised"],
        thanked=is_spoken and given["thanked"] and filled.page.form.ending is not Ending.NOTE,
        ending=_ending(filled),
        about=colleague_meant(filled.page.request, given["about"], given["about_id"]),
        identity=_identity(given),
        uploads=tuple(filled.uploads),
        own={} if onto else filled.page.own.values(given, kind_of(given)),
    )


def cards_of(filled: Filled) -> dict[str, frozenset[Advice]]:
    """Return which cards were at hand while it was taken down, and what was followed of each."""
    if filled.channel is Channel.LETTER:
        return {}
    given = filled.given
    through = phases_through(_path(given))
    shown = [card_of_mood(phase) for phase in through]
    shown += [name.removeprefix("manner_") for name in MANNERS if given[name]]
    followed = [(card, advice) for name, (card, advice) in FOLLOWED.items() if given[name]]
    at_hand = dict.fromkeys((*shown, *(card for card, _advice in followed)))
    return {card: frozenset(advice for key, advice in followed if key == card) for card in at_hand}


def _telling(filled: Filled) -> Telling:
    given, at = filled.given, filled.at
    by = filled.page.request.user
    is_spoken = filled.channel is not Channel.LETTER
    start, end = _moods(given) if is_spoken else (None, None)
    return Telling(
        channel=filled.channel,
        direction=Direction.IN,
        text=given["story"],
        source=Source.TAKEN_DOWN if is_spoken else Source.WRITTEN,
        started_at=_begun_at(filled) if is_spoken else _arrived_at(filled),
        ended_at=at if is_spoken else _arrived_at(filled),
        handled_by=by,
        department=by.department,
        language=filled.page.language,
        mood_start=start,
        mood_end=end,
        effect=effect_of(end),
        read_back_at=at if is_spoken and given["read_back"] else None,
        notes=(*timed_notes(given["notes"], at), *_notes_for_open_case(filled)),
        manners=tuple(manner for name, manner in MANNERS.items() if given[name]),
        sent_on=None if is_spoken else given["written_on"],
        arrived_on=None if is_spoken else _arrived_at(filled).date(),
    )


def _opening(filled: Filled) -> Opening:
    given, by = filled.given, filled.page.request.user
    return Opening(
        kind=kind_of(given),
        team=teams_of(by).first() or default_team(),
        language=filled.page.language,
        requested_remedy=given["wish"].strip(),
        remedy_not_said=given["no_wish"] and not given["wish"].strip(),
        need_by=given["need_by"],
        need_reason=given["need_reason"],
    )


def _party(filled: Filled, meant: Meant, points: Sequence[tuple[PointKind, str]]) -> Who:
    if meant.caller:
        return meant.caller.person
    if not meant.new:
        return None
    return newcomer(meant.new, language=filled.page.language, points=points)


def _ending(filled: Filled) -> Promised | DoneNow | None:
    given, ending = filled.given, filled.page.form.ending
    yes = HOW.get(filled.channel)
    if ending is Ending.DONE:
        return DoneNow(given["done"].strip() or _as_they_asked(filled), yes, _gift(given))
    if ending in {Ending.PROMISE, Ending.OFFER}:
        return Promised(_offer(filled), yes if ending is Ending.PROMISE else None)
    return None


def _gift(given: Mapping[str, Any]) -> Gift:
    return Gift(RemedyKind(given["remedy"] or RemedyKind.NONE), given["amount"])


def _offer(filled: Filled) -> Offer:
    given = filled.given
    return Offer(
        what=given["what"].strip() or _in_their_language(filled, CALL_BACK),
        due_at=filled.page.form.due_at,
        owner=colleague_meant(filled.page.request, given["owner"], given["owner_id"]),
        remedy=_gift(given).remedy,
        amount=given["amount"],
    )


def _as_they_asked(filled: Filled) -> str:
    text = _in_their_language(filled, AS_THEY_ASKED)
    return text % {"wish": filled.given["wish"].strip()}


def _in_their_language(filled: Filled, text: Promise) -> str:
    with translation.override(filled.page.language):
        return str(text)


def _identity(given: Mapping[str, Any]) -> Identity | None:
    if not given["identity"]:
        return None
    return Identity(CheckLevel(given["identity"]), given["identity_method"])


def _notes_for_open_case(filled: Filled) -> list[tuple[datetime, str]]:
    """Return what a new case would be opened with, so that an open one does not lose it."""
    given = filled.given
    if not filled.page.reference:
        return []
    need_by = date_format(given["need_by"], "DATETIME_FORMAT") if given["need_by"] else ""
    needs = " · ".join(part for part in (need_by, given["need_reason"]) if part)
    said = (
        (given["wish"].strip(), _("How it should be put right: %(text)s")),
        (needs, _("When they need it by: %(text)s")),
    )
    return [(filled.at, label % {"text": text}) for text, label in said if text]


def timed_notes(text: str, now: datetime) -> list[tuple[datetime, str]]:
    """Return the lines of `text`, each with the time it begins with, or `now`; `now` is local."""
    return [_timed(line.strip(), now) for line in text.splitlines() if line.strip()]


def _timed(line: str, now: datetime) -> tuple[datetime, str]:
    match = _STAMPED.fullmatch(line)
    if match is None:
        return now, line
    at = datetime.combine(now.date(), time(int(match[1]), int(match[2])), tzinfo=now.tzinfo)
    return at if at <= now else at - _DAY, match[3]


def _moods(given: Mapping[str, Any]) -> tuple[Mood | None, Mood | None]:
    """Return the moods at the start and the end."""
    return first_and_last(_path(given))


def _path(given: Mapping[str, Any]) -> list[Mood]:
    """Return the moods one after the other, from the strip's log or from the two strips."""
    log = moods_in(given["moods"])
    return log or [Mood(int(given[name])) for name in ("mood", "mood_end") if given[name]]


def _begun_at(filled: Filled) -> datetime:
    begun_at = instant(filled.given["begun"]) or filled.at
    return min(max(begun_at, filled.at - LONGEST_CALL), filled.at)


def _arrived_at(filled: Filled) -> datetime:
    """Return when a letter reached us: now, or on the day it says, at noon."""
    arrived_on = filled.given["arrived_on"]
    if arrived_on in {None, filled.at.date()}:
        return filled.at
    return datetime.combine(arrived_on, NOON, tzinfo=filled.at.tzinfo)
