"""The form of a sheet. Nothing of it is asked for before the story, and little of it ever."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.base.time_words import due_parts
from amends.cases.rules.kinds import CaseKind, CheckLevel
from amends.cases.rules.moments import handy_moments, moment_before
from amends.coach.rules import CARDS, Advice
from amends.contacts.rules.kinds import Channel, Manner, Mood
from amends.staff.rules.authority import RemedyKind
from amends.web.sheet import fields
from amends.web.words import choices, word

LONGEST_STORY = 100_000
LONGEST_NOTES = 20_000
OTHER = "other"
MANNERS = {f"manner_{manner.name.lower()}": manner for manner in Manner}
FOLLOWED = {f"{advice}_{card}": (card, advice) for card in CARDS for advice in Advice}
CHANNELS = [
    (Channel.TELEPHONE.value, _("On the telephone")),
    (Channel.DESK.value, _("At the desk")),
    (Channel.LETTER.value, _("A letter")),
]
NOTHING = ("", "")
_MOOD = re.compile(r"\d{1,6}:([0-4])")
NEW_CASE = "new"


class Ending(StrEnum):
    """What a sheet ends with; the value of the button that was pressed."""

    PROMISE = "promise"
    OFFER = "offer"
    DONE = "done"
    NOTE = "note"


class SheetForm(forms.Form):
    """One sheet as a colleague filled it in.

    ending: what they pressed at last. due_at: by when they promise, once that holds.
    """

    due_at: datetime

    channel = fields.radios(_("How they reached us"), CHANNELS, initial=Channel.TELEPHONE.value)
    kind = fields.radios(_("What it is"), choices(CaseKind), initial=CaseKind.COMPLAINT.value)
    begun = fields.hidden()
    version = fields.hidden()
    story = fields.long_text(
        _("Their words"), most=LONGEST_STORY, **{"class": "story", "autofocus": ""}
    )
    notes = fields.long_text(_("Notes"), most=LONGEST_NOTES)
    language = fields.pick(_("Their language"), [NOTHING, *settings.LANGUAGES])
    mood = fields.radios(_("How they are now"), choices(Mood))
    moods = fields.hidden(most=4000)
    mood_end = fields.radios(_("How they were at the end"), choices(Mood))
    apologised = fields.tick(_("Said"))
    read_back = fields.tick(_("Read back, and they agreed"))
    wish = fields.line(_("How it should be put right"), most=2000)
    no_wish = fields.tick(_("They would not say"))
    who = fields.finder(_("Who is it"), "sheet-people", into="id_person")
    person = fields.hidden(most=40)
    person_pick = fields.hidden(most=40)
    case = fields.hidden(most=20)
    phone = fields.line(_("Telephone"), most=40, inputmode="tel")
    mail = fields.line(_("E-mail"), most=254, inputmode="email")
    address = fields.line(_("Address"), most=300)
    behalf = fields.finder(_("For whom they speak"), "sheet-people", into="id_behalf_person")
    behalf_person = fields.hidden(most=40)
    behalf_person_pick = fields.hidden(most=40)
    authority = fields.line(_("By what right"), most=200)
    identity = fields.pick(_("How sure we are that it is they"), [NOTHING, *choices(CheckLevel)])
    identity_method = fields.line(_("How we made sure"), most=200)
    what = fields.line(_("What we promise"))
    when = fields.radios(_("By when"), [])
    other_when = fields.moment(_("Another day"))
    call_back = fields.tick(_("A pause: I call back"))
    owner = fields.finder(_("Who keeps it"), "sheet-colleagues", into="id_owner_id")
    owner_id = fields.hidden(most=20)
    remedy = fields.pick(_("What is given"), choices(RemedyKind))
    amount = fields.amount(_("How much"))
    done = fields.line(_("What was done"))
    thanked = fields.tick(_("Said"))
    need_by = fields.moment(_("When they need it by"))
    need_reason = fields.line(_("Why then"), most=300)
    about = fields.finder(
        _("The colleague complained about"), "sheet-colleagues", into="id_about_id"
    )
    about_id = fields.hidden(most=20)
    pages = fields.hidden(most=8000)
    written_on = fields.day(_("Written on"))
    arrived_on = fields.day(_("Arrived on"))

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        initial: Mapping[str, object] | None = None,
        ending: Ending | None = None,
    ) -> None:
        self.now, self.ending = timezone.localtime(), ending
        super().__init__(data, initial=dict(initial or {}))
        for name, manner in MANNERS.items():
            self.fields[name] = fields.tick(word(manner))
        for name, (_card, advice) in FOLLOWED.items():
            self.fields[name] = fields.tick(word(advice))
        cast("forms.ChoiceField", self.fields["when"]).choices = self._moments()

    def _moments(self) -> list[tuple[str, object]]:
        """Offer their own day, the handy ones, and the one chosen before the sheet was parked."""
        theirs = self._moment_in("need_by")
        asked = moment_before(theirs, self.now) if theirs else None
        handy = [*([asked] if asked else []), *handy_moments(self.now)]
        offered = {at.isoformat(timespec="minutes"): at for at in handy}
        chosen = str(self["when"].value() or "")
        if chosen not in {"", OTHER, *offered} and (at := instant(chosen)):
            offered[chosen] = at.astimezone(self.now.tzinfo)
        said = [(value, due_parts(at, self.now)[0]) for value, at in offered.items()]
        return [*said, (OTHER, _("another day"))]

    def know_language(self, code: str, *, usual: str) -> None:
        """Name the language that is spoken as long as no other is chosen.

        code: the customer's, as it is known; empty if it is not, and then the `usual` one holds.
        """
        known, ours = _("%(language)s, as known"), _("%(language)s, as is usual with us")
        named = (known if code else ours) % {"language": dict(settings.LANGUAGES)[code or usual]}
        offered = [("", named), *settings.LANGUAGES]
        cast("forms.ChoiceField", self.fields["language"]).choices = offered

    @property
    def manners(self) -> list[forms.BoundField]:
        return [self[name] for name in MANNERS]

    @property
    def is_spoken(self) -> bool:
        return str(self["channel"].value()) != Channel.LETTER

    def chosen_moment(self) -> datetime | None:
        """Return by when it is promised, as far as it is filled in."""
        chosen = str(self["when"].value() or "")
        return self._moment_in("other_when") if chosen == OTHER else instant(chosen)

    def _moment_in(self, name: str) -> datetime | None:
        """Return the moment typed into a field, before the form is looked at."""
        try:
            at = self.fields[name].to_python(self[name].value())
        except forms.ValidationError:
            return None
        return at if isinstance(at, datetime) else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            self._ask_for_words(given)
            self._ask_for_the_wish(given)
            self._ask_for_the_ending(given)
            self._look_at_the_dates(given)
        return given

    def _ask_for_words(self, given: Mapping[str, Any]) -> None:
        if not (given["story"].strip() or given["notes"].strip()):
            self.add_error("story", _("Write down what was said, or at least a note about it."))

    def _ask_for_the_wish(self, given: Mapping[str, Any]) -> None:
        """Ask for the wish of whoever complains and still listens. Source: requirements S3-35."""
        is_asked = (
            self.ending in {Ending.PROMISE, Ending.OFFER, Ending.DONE}
            and given["kind"] == CaseKind.COMPLAINT
            and not given["call_back"]
            and given["case"] in {"", NEW_CASE}
        )
        if is_asked and not (given["wish"].strip() or given["no_wish"]):
            self.add_error(
                "wish", _("Ask how they would like it put right. If they would not say, tick that.")
            )

    def _ask_for_the_ending(self, given: Mapping[str, Any]) -> None:
        if self.ending in {Ending.PROMISE, Ending.OFFER}:
            if not (given["what"].strip() or given["call_back"]):
                self.add_error("what", _("Say in one sentence what is promised."))
            self._ask_by_when(given)
        # A wish that is still asked for says what was done, too: it has left `given` by now.
        is_told = "wish" not in given or given["done"].strip() or given["wish"].strip()
        if self.ending is Ending.DONE and not is_told:
            self.add_error("done", _("Write down what was done."))

    def _ask_by_when(self, given: Mapping[str, Any]) -> None:
        is_other = given["when"] == OTHER
        field = "other_when" if is_other else "when"
        at = given["other_when"] if is_other else instant(given["when"])
        if at is None:
            self.add_error(field, _("Choose by when."))
        elif at <= self.now:
            self.add_error(field, _("A promise needs a moment in the future."))
        else:
            self.due_at = at

    def _look_at_the_dates(self, given: Mapping[str, Any]) -> None:
        arrived, written = given["arrived_on"], given["written_on"]
        if given["channel"] != Channel.LETTER:
            return
        if arrived and arrived > self.now.date():
            self.add_error("arrived_on", _("This day is still to come."))
        if written and written > (arrived or self.now.date()):
            self.add_error("written_on", _("A letter is written before it arrives."))


def kind_of(given: Mapping[str, Any]) -> CaseKind:
    """Return what a sheet is about: a complaint, if nobody said otherwise."""
    return CaseKind(given["kind"] or CaseKind.COMPLAINT)


def instant(text: str) -> datetime | None:
    """Return the moment that `text` names, with its zone; None if it names none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def moods_in(log: str) -> list[Mood]:
    """Return the moods in the strip's log, such as "12:4,96:3": seconds and mood, in order."""
    return [Mood(int(mood)) for mood in _MOOD.findall(log)]
