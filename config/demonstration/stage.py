"""What the stories are told with: one function for each thing that people do in them.

Every one of them runs the action that a page would run, at its own moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.cases.actions.closing import Why, apologise, close_case, count_cause, thank
from amends.cases.actions.follow_up import Answer, answer_put_right, note_attempt
from amends.cases.actions.letters import acknowledge_by_mail, send_question, send_slip
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.promises import Offer, accept_promise, make_promise
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import AttemptResult, CaseKind, How, Mechanism, Pillar, Verdict
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel, Direction, Effect, Manner, Source
from amends.people.models import Person
from amends.staff.models import Staff, Team
from config.demonstration.house import House
from config.demonstration.moments import Moments

READING_BACK = 2
SPOKEN = {Channel.TELEPHONE, Channel.DESK}
BY_WRITING = {Channel.EMAIL, Channel.WEB}
HOW = {
    Channel.TELEPHONE: How.TELEPHONE,
    Channel.DESK: How.DESK,
    Channel.LETTER: How.LETTER,
    Channel.EMAIL: How.EMAIL,
    Channel.WEB: How.LINK,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is there and what time it is."""

    moments: Moments
    house: House
    people: dict[str, Person]

    def who(self, key: str) -> Staff:
        return self.house.staff[key]

    def team(self, name: str) -> Team:
        return self.house.teams[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One contact as a story tells it; `minutes` is how long it took, 0 for what was written."""

    who: str
    text: str
    at: datetime
    channel: Channel = Channel.TELEPHONE
    by: str = ""
    minutes: int = 0
    subject: str = ""
    moods: tuple[int | None, int | None] = (None, None)
    effect: Effect = Effect.UNKNOWN
    direction: Direction = Direction.IN
    for_whom: str = ""
    notes: tuple[str, ...] = ()
    manners: tuple[Manner, ...] = ()
    language: str = ""


def hear(stage: Stage, said: Said) -> Contact:
    """Record what somebody said, wrote or was written to."""
    person, by = stage.people[said.who], stage.who(said.by) if said.by else None
    ended_at = said.at + timedelta(minutes=said.minutes)
    spoken = said.channel in SPOKEN
    read_back = spoken and said.minutes > READING_BACK
    telling = Telling(
        channel=said.channel,
        direction=said.direction,
        text=said.text.strip(),
        source=Source.TAKEN_DOWN if spoken else Source.WRITTEN,
        started_at=said.at,
        ended_at=ended_at,
        person=person,
        speaks_for=stage.people[said.for_whom] if said.for_whom else None,
        handled_by=by,
        department=by.department if by else None,
        subject=said.subject,
        language=said.language or person.language,
        mood_start=said.moods[0],
        mood_end=said.moods[1],
        effect=said.effect,
        read_back_at=ended_at - timedelta(minutes=READING_BACK) if read_back else None,
        notes=tuple((ended_at, note) for note in said.notes),
        manners=said.manners,
    )
    return record_contact(telling, by=by, at=ended_at)


def open_on(  # noqa: PLR0913 - what a story says when it begins
    stage: Stage,
    said: Said,
    *,
    team: str = "Front line",
    kind: CaseKind = CaseKind.COMPLAINT,
    gist: str = "",
    wish: str = "",
    owner: str = "",
    need_by: tuple[datetime, str] | None = None,
) -> Case:
    """Open a case on what was said; whoever took it down owns it, unless `owner` says else."""
    contact = hear(stage, said)
    by = stage.who(said.by) if said.by else None
    holder = stage.who(owner) if owner else by
    opening = Opening(
        kind=kind,
        team=stage.team(team),
        language=contact.language or "en",
        owner=holder,
        gist=gist,
        requested_remedy=wish,
        remedy_not_said=not wish,
        need_by=need_by[0] if need_by else None,
        need_reason=need_by[1] if need_by else "",
    )
    case = open_case(contact, opening=opening, by=by, at=contact.ended_at)
    if said.channel in BY_WRITING:
        acknowledge_by_mail(case, at=contact.ended_at)
        case.refresh_from_db()
    return case


def add(stage: Stage, case: Case, said: Said) -> Contact:
    """Record one more contact on a case."""
    contact = hear(stage, said)
    add_contact(
        case, contact=contact, by=stage.who(said.by) if said.by else None, at=contact.ended_at
    )
    return contact


def sorry(stage: Stage, case: Case, by: str, at: datetime) -> None:
    apologise(case, by=stage.who(by), at=at)


def promise(stage: Stage, case: Case, offer: Offer, by: str, at: datetime) -> Promise:
    """Promise something; who wrote to us gets the slip by mail."""
    made = make_promise(case, offer=offer, by=stage.who(by), at=at)
    if case.channel in BY_WRITING and send_slip(made, by=stage.who(by), at=at):
        made.refresh_from_db()
    return made


def yes(case: Case, made: Promise, how: How, by: Staff | Person, at: datetime) -> None:
    """Write down the customer's yes to a promise."""
    accept_promise(made, how=how, by=by, at=at)
    case.refresh_from_db()


def ask(case: Case, how: How, at: datetime) -> None:
    """Ask whether it is put right, as Amends does by itself."""
    follow_up = case.follow_ups.filter(answered_at=None, dropped_at=None).latest("pk")
    if how in {How.EMAIL, How.LINK}:
        send_question(follow_up, at=at)
    note_attempt(follow_up, how=how, result=AttemptResult.SENT, by=None, at=at)


def answer(case: Case, verdict: Verdict, how: How, at: datetime, words: str = "") -> None:
    """Write down the customer's answer to the question."""
    follow_up = case.follow_ups.filter(answered_at=None, dropped_at=None).latest("pk")
    said = Answer(verdict=verdict, how=how, words=words)
    answer_put_right(follow_up, answer=said, by=Person.objects.get(cases=case), at=at)


def finish(
    stage: Stage, case: Case, cause: tuple[Pillar, Mechanism] | Why, by: str, at: datetime
) -> None:
    """Thank, count the cause and close, if the customer's yes has not closed it already."""
    case.refresh_from_db()
    if not case.is_open:
        return
    why = cause if isinstance(cause, Why) else Why(pillar=cause[0], mechanism=cause[1])
    thank(case, by=stage.who(by), at=at)
    if case.kind == CaseKind.COMPLAINT:
        count_cause(case, why=why, by=stage.who(by), at=at)
    close_case(case, by=stage.who(by), at=at)
