"""What the page of a sheet shows around its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.base.money_words import money_words
from amends.base.refusal import Refused
from amends.cases.actions.fields import CannotHold
from amends.cases.actions.giving import AmountNeeded, AmountWithoutRemedy, BeyondAuthority
from amends.cases.actions.parties import LooksAfterIt
from amends.cases.actions.promises import PromiseDueInThePast, PromiseSaysNothing
from amends.cases.queries.letters import house_time
from amends.cases.queries.safety import call_of_sheet
from amends.contacts.actions.attachments import (
    FileEmpty,
    FileTooLarge,
    KindNotAccepted,
    TooManyFiles,
)
from amends.contacts.queries.drafts import sheets_of
from amends.contacts.rules.kinds import Channel
from amends.contacts.rules.moods import Phase, phase_of
from amends.people.actions.persons import NameTooLong, NumberTaken
from amends.people.actions.representing import SpeaksForThemselves
from amends.people.actions.within import CannotReach
from amends.staff.queries import guidelines_for, limits_of, organisation
from amends.staff.rules.authority import Beyond, Limit, RemedyKind
from amends.staff.rules.permissions import Role
from amends.web.coach.cards import AtHand, of_manner, of_mood
from amends.web.coach.channels import Begins, begins
from amends.web.coach.senior import Called, called
from amends.web.field_values import BEGIN
from amends.web.http import StaffRequest
from amends.web.sheet.forms import CHANNELS, FOLLOWED, MANNERS, SheetForm, kind_of, moods_in
from amends.web.sheet.needed import Needed, needed
from amends.web.sheet.own import Own
from amends.web.sheet.sayings import ADVICE, Said, heard, sayings
from amends.web.sheet.scans import names_behind
from amends.web.sheet.turns import Turn, turn_of
from amends.web.sheet.who import Meant, NoSuchColleague, case_chosen, meant_by
from amends.web.words import word

_LANGUAGES = [code for code, _name in settings.LANGUAGES]
FIELD_OF: dict[type[Refused], str] = {
    AmountNeeded: "amount",
    AmountWithoutRemedy: "remedy",
    BeyondAuthority: "amount",
    CannotReach: "who",
    FileEmpty: "pages",
    FileTooLarge: "pages",
    KindNotAccepted: "pages",
    LooksAfterIt: "about",
    NameTooLong: "who",
    NoSuchColleague: "about",
    NumberTaken: "who",
    PromiseDueInThePast: "when",
    PromiseSaysNothing: "what",
    SpeaksForThemselves: "behalf",
    TooManyFiles: "pages",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one may give, and what not, each in a line."""

    may: Sequence[str]
    may_not: Sequence[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """One line to keep in mind in one phase, and its card; `now` is the phase they are in.

    ticks: by which one says that what the card advises was done.
    """

    phase: Phase
    text: str
    card: AtHand
    ticks: Sequence[forms.BoundField]
    now: bool


class Page:
    """The sheet as it is shown to the colleague who fills it in."""

    def __init__(self, request: StaffRequest, key: str, form: SheetForm) -> None:
        self.key, self.form, self.request = key, form, request
        self.speaker = self._meant("who", "person")
        self.represented = self._meant("behalf", "behalf_person")
        self.reference = case_chosen(form, self.speaker)
        self.house = organisation()
        self.own = Own(form, currency=self.house.currency)
        form.know_language(self._known_language, usual=self.house.language)

    def _meant(self, typed: str, chosen: str) -> Meant:
        """Tell whom was meant; what was picked out of the list of a page holds over the rest."""
        words, key, pick = (
            self.form[name].value() or "" for name in (typed, chosen, f"{chosen}_pick")
        )
        return meant_by(self.request, typed=words, chosen=pick or key)

    @property
    def language(self) -> str:
        """The customer's language, as far as it is known."""
        chosen = str(self.form["language"].value() or "")
        if chosen in dict(settings.LANGUAGES):
            return chosen
        return self._known_language or self.house.language

    @property
    def _known_language(self) -> str:
        caller = self.represented.caller or self.speaker.caller
        return caller.person.language if caller else ""

    @property
    def said(self) -> list[Said]:
        return sayings()

    @cached_property
    def turn(self) -> Turn | None:
        """Whose turn it is, where somebody was put aside; None as a rule."""
        sheets = sheets_of(self.request.user)
        return turn_of(self.key, sheets, _LANGUAGES, now=timezone.localtime())

    @property
    def beginnings(self) -> list[Begins]:
        """How to begin in each way in which they may have reached us; the form shows the one."""
        name, house = self.request.user.name, self.house.name
        return [
            begins(Channel(each), _LANGUAGES, name=name, house=house) for each, _name in CHANNELS
        ]

    @property
    def advice(self) -> list[Advice]:
        phase = self._phase
        cards = [(one, str(text), of_mood(one, _LANGUAGES)) for one, text in ADVICE.items()]
        return [
            Advice(one, text, card, self._ticks(card), now=one is phase)
            for one, text, card in cards
        ]

    def _ticks(self, card: AtHand) -> list[forms.BoundField]:
        return [self.form[name] for name, (key, _advice) in FOLLOWED.items() if key == card.key]

    @property
    def _phase(self) -> Phase | None:
        moods = moods_in(str(self.form["moods"].value() or ""))
        before = moods[-2] if len(moods) > 1 else None
        return phase_of(moods[-1], peak=max(moods), before=before) if moods else None

    @property
    def manner_cards(self) -> list[tuple[AtHand, Sequence[forms.BoundField]]]:
        """The card of each manner, with what to say in each language; the ticks show them."""
        cards = [of_manner(manner, _LANGUAGES) for manner in MANNERS.values()]
        return [(card, self._ticks(card)) for card in cards]

    @cached_property
    def call(self) -> Called | None:
        """How a senior was called from this sheet, if one was."""
        call = call_of_sheet(self.request.user, self.key)
        return called(call, language=self.language, reader=self.request.user) if call else None

    @property
    def bounds(self) -> Bounds:
        """What this colleague may give and what not, from the table of authority."""
        told = guidelines_for(self.request.user)
        limits = limits_of(Role(self.request.user.role))
        return Bounds(
            may=[*told.may, *(self._limit(kind, limit) for kind, limit in limits.items())],
            may_not=told.may_not,
        )

    def _limit(self, kind: RemedyKind, limit: Limit) -> str:
        if limit.amount is None:
            return word(kind)
        most = money_words(limit.amount, self.house.currency)
        return _("%(remedy)s, up to %(most)s") % {"remedy": word(kind), "most": most}

    @property
    def has_more(self) -> bool:
        """Whether something was filled in that is folded away."""
        names = ("need_by", "need_reason", "behalf", "authority", "identity", "about", *MANNERS)
        return any(self.form[name].value() or self.form[name].errors for name in names)

    @property
    def heard(self) -> str:
        """The promise as the customer hears it; empty while it says nothing or names no day."""
        what = str(self.form["what"].value() or "").strip()
        due_at = self.form.chosen_moment()
        return heard(what, house_time(due_at), language=self.language) if what and due_at else ""

    @property
    def needed(self) -> Needed | None:
        """By when they ask for it, as far as it is written down and not taken over."""
        story, language, taken = (
            str(self.form[name].value() or "") for name in ("story", "language", "need_by")
        )
        return needed(story, language=language, taken=taken, now=timezone.localtime())

    @property
    def pages(self) -> list[str]:
        return names_behind(str(self.form["pages"].value() or ""))

    def knows_who(self) -> bool:
        """Return whether nobody is left to choose among; otherwise ask for it."""
        for field, meant in (("who", self.speaker), ("behalf", self.represented)):
            if meant.candidates:
                self.form.add_error(field, _("Choose which of them it is, or that they are new."))
        return not self.form.errors

    def has_our_own(self) -> bool:
        """Return whether what we ask of a new case besides is there; otherwise ask for it."""
        if not self.reference:
            given = self.form.cleaned_data
            self.own.ask(given, ending=self.form.ending, kind=kind_of(given))
        return not self.form.errors

    def refuse(self, refusal: Refused) -> None:
        """Put the text of `refusal` to the field it is about, or above all."""
        field = FIELD_OF.get(type(refusal))
        if isinstance(refusal, CannotHold):
            field = f"{BEGIN}{refusal.field_id}"
        if isinstance(refusal, BeyondAuthority) and refusal.why is Beyond.KIND:
            field = "remedy"
        self.form.add_error(field, str(refusal))

    def keep_pages(self, ticket: str) -> None:
        """Keep the pages that were chosen, for the next try."""
        self.form.data = {**self.form.data, "pages": ticket}
