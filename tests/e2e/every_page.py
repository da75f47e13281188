"""Every page there is, found in the URLconf, with an address that leads there and who may open it.

What a new address needs, besides what is known here, is written into `NEEDS`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from amends.cases.actions.bulk import Wanted, go_on, prepare_bulk
from amends.cases.actions.bundles import begin_bundle
from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.help import ask_for_help
from amends.cases.actions.holding_back import ask_release
from amends.cases.actions.lessons import Learned, note_lesson
from amends.cases.actions.read_back import ask_read_back
from amends.cases.actions.tags import keep_tag, tag_case
from amends.cases.actions.todos import put_checklist
from amends.cases.actions.unsent import Typed, keep_unsent
from amends.cases.actions.views import save_view
from amends.cases.models.bulk import BulkRun
from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case, Issue
from amends.cases.models.deciding import Option, OutsideBody, Remedy
from amends.cases.models.fields import CustomChoice, CustomField
from amends.cases.models.findings import AgreedPoint, Evidence
from amends.cases.models.held import HeldReply
from amends.cases.models.lessons import Lesson
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.models.tags import Tag
from amends.cases.models.todos import Checklist, Todo
from amends.cases.models.views import SavedView
from amends.cases.queries.links import token_of
from amends.cases.queries.own_cases import own_cases_token
from amends.cases.rules.bulk import BulkAct
from amends.cases.rules.fields import FieldType, Stage
from amends.cases.rules.kinds import How, Verdict
from amends.cases.rules.todos import Line
from amends.cases.rules.views import Filter, Look, Match
from amends.contacts.actions.arrivals import Fate, Incoming, note_fate, store_arrival
from amends.contacts.actions.drafts import park_draft
from amends.contacts.actions.mail import Letter, queue_mail
from amends.contacts.models import OutgoingMail
from amends.contacts.models.templates import AnswerTemplate
from amends.contacts.rules.kinds import ArrivalState, MailKind
from amends.people.models import Person
from amends.staff.actions.calendar import replace_calendar_address
from amends.staff.actions.colleagues import Post, invite_colleague
from amends.staff.models import Department, Staff, Team
from amends.staff.queries import calendar_token, invitation_key
from amends.staff.rules.permissions import Role
from amends.standards.models import ClockProfile
from config.demonstration.building import build
from tests import make
from tests.belonging import two_share
from tests.cases import hard
from tests.cases.fielded import a_choice, a_field
from tests.e2e.turned import TURNED, set_standards, turn
from tests.web.sheet.filling import KEY, filled, keep

Needs = Mapping[str, Callable[[], object]]
TAKEN_KEY, UNSENT_KEY, SENT_KEY = KEY[::-1], "unsent" * 5, "sentsent" * 4
STORY = "The radiators are cold again since Saturday, and nobody calls back."
READERS = ("milda", "grace", "lukas", "jonas", "marta")
# These hand out a file, answer a script, or only lead on to another page.
NO_PAGES = {
    "attachment", "customer-file", "case-link", "tell-us", "tell-us-begin", "customer-letter-paper",
    "own-cases-link", "bulk-choose", "case-bundle-paper", "notice", "evidence-file", "view-csv",
    "view-xlsx", "watching", "case-watching", "case-news", "case-company", "original-body",
    "settings-mailbox-ask", "settings-mailbox-allowed", "complaints-csv",
}  # fmt: skip
# The demonstration has nothing that these could show, and `furnish` adds nothing: add it there.
UNFURNISHED = {
    "approval-answer", "case-review-done", "case-unlink", "case-delivered", "case-hear",
    "original", "original-body",
}  # fmt: skip
SHOWN = {200, 410, 422}
NO_GET = 405


@dataclass(frozen=True, slots=True)
class Place:
    """One page: where it is, and who opens it; "" is a stranger."""

    name: str
    path: str
    reader: str = ""


class NoWayIn(Exception):
    """A new page that nothing here leads to: say in `NEEDS` what its address needs."""


def furnish() -> None:
    """Build the demonstration, with something on the pages that it leaves empty."""
    now = timezone.now()
    build(at=now)
    set_standards(_staff("marta"))
    milda = _staff("milda")
    replace_calendar_address(by=milda, at=now)
    ask_for_help(_case("Rūta"), text="What may I give?", by=milda, at=now)
    ask_release(_case("Marek"), text="Only an idiot forgets that.", by=milda, at=now)
    arrival, _new = store_arrival(Incoming(source="file", key="1", raw=b"no mail at all"), at=now)
    note_fate(arrival, fate=Fate(state=ArrivalState.FAILED, reason="It cannot be read"), at=now)
    letter = Letter(
        kind=MailKind.NOTICE,
        to_address="ruta@example.lt",
        subject="Your heating",
        text="An engineer comes today.",
        language="en",
    )
    queue_mail(letter, by=None, at=now)
    name, email = "Jurga Naujokė", "jurga@example.lt"
    post = Post(name=name, email=email, role=Role.AGENT, department=milda.department)
    invite_colleague(post, by=_staff("lukas"), at=now)
    _put_in_order(Staff.objects.filter(role=Role.MANAGER).earliest("pk"))
    begin_bundle(_case("Priya"), to="The ombudsman", language="en", by=_staff("grace"), at=now)
    turn(milda, one=_case("Rūta"), other=_case("Marek"))
    _let_customers_answer(milda)
    ruta = _case("Rūta").person
    note_lesson(Learned(text="Ring her after five.", person=ruta), by=milda, at=now)
    _type_and_tell(milda)
    _ask_besides()
    look = Look((Filter("owner", Match.IS, ("me",)), Filter("due", Match.OVER)))
    save_view(None, name="Mine, over", look=look, by=milda, at=now)


def _put_in_order(manager: Staff) -> None:
    """Write down what a manager keeps for lists of cases."""
    tag = keep_tag(None, names={"en": "Winter 2026"}, by=manager, at=timezone.now())
    tag_case(_case("Marek"), tag=tag, by=manager, at=timezone.now())
    lines = (Line("Look at the meter", 1), Line("Write down what it says", 2))
    draft = Draft(name="Cold flat", kind="", lines=lines)
    checklist = keep_checklist(None, draft=draft, by=manager, at=timezone.now())
    put_checklist(_case("Rūta"), checklist=checklist, by=manager, at=timezone.now())
    cases = [_case(name).pk for name in ("Rūta", "Marek")]
    milda, wanted = _staff("milda"), Wanted(BulkAct.CLOSE, {})
    run = prepare_bulk(wanted, cases=cases, key="k", by=milda, at=timezone.now())
    go_on(run, at=timezone.now())


def _ask_besides() -> None:
    """Define fields of our own, one of them asked for before a promise and one a list."""
    a_field("Contract number", required_at=Stage.CLOSING)
    a_choice(a_field("Branch", FieldType.ONE_OF, required_at=Stage.RECEIPT), "Old town")


def _type_and_tell(milda: Staff) -> None:
    """Leave sheets open, take one down, and tell us something from outside, sent and unsent."""
    for key in ("a" * 32, "b" * 32, "c" * 32):
        park_draft(keep(milda, key, channel="desk", story=STORY), by=milda, at=timezone.now())
    keep(milda, channel="telephone", story=STORY)
    person = str(_case("Rūta").person_id)
    window_of("milda").post(reverse("sheet", args=[TAKEN_KEY]), filled(person=person))
    told = {"story": STORY, "name": "Ona", "email": "ona@example.lt"}
    two_share(_case("Rūta"), to=milda, by=(_staff("grace"), _staff("marta")))
    for key in (UNSENT_KEY, SENT_KEY):
        keep_unsent(Typed(key, "en", told), at=timezone.now())
    window_of("").post(reverse("tell-us-check", args=["en", SENT_KEY]), {"go": "send"})


def _let_customers_answer(milda: Staff) -> None:
    """Read back to one customer, decide for another, and let a third say that it is put right."""
    now = timezone.now()
    ask_read_back(_case("Rūta"), text="An engineer comes.", by=milda, at=now)
    zita = make.person("Zita Gerulytė", email="zita@example.lt")
    hard.decided(milda, person=zita)
    question = FollowUp.objects.filter(answered_at=None, dropped_at=None, case__state="follow-up")
    answer = Answer(verdict=Verdict.PARTLY, how=How.TELEPHONE)
    answer_put_right(question.earliest("pk"), answer=answer, by=milda, at=now)


def window_of(reader: str) -> Client:
    """Return a client in which `reader` is signed in."""
    client = Client()
    if reader:
        client.force_login(_staff(reader))
    return client


def places(share: slice = slice(None)) -> list[Place]:
    """Return every page there is, or of a share of them. Raises NoWayIn."""
    windows = [(reader, window_of(reader)) for reader in (*READERS, "")]
    named = [pattern for pattern in _patterns() if pattern.name not in NO_PAGES]
    found = [_place(pattern, windows) for pattern in named[share]]
    return [place for place in found if place]


def _patterns() -> Iterator[URLPattern]:
    resolvers = [get_resolver()]
    for resolver in resolvers:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                resolvers.append(pattern)
            elif pattern.name:
                yield pattern


def _place(pattern: URLPattern, windows: list[tuple[str, Client]]) -> Place | None:
    """Return the page of `pattern`; None if it has none, being a part or only doing something."""
    name = str(pattern.name)
    try:
        path = reverse(name, kwargs=_needs(pattern))
    except (KeyError, AttributeError) as missing:
        raise NoWayIn(name) from missing
    for reader, window in windows:
        answer = window.get(path)
        if answer.status_code in SHOWN:
            return Place(name, path, reader) if _is_page(answer.headers, answer.content) else None
        if answer.status_code == NO_GET:
            return None
    raise NoWayIn(f"{name}: nobody gets in at {path}")


def _is_page(headers: Mapping[str, str], content: bytes) -> bool:
    begins = content.lstrip()[:15].lower()
    return "html" in headers["Content-Type"] and begins == b"<!doctype html>"


def _needs(pattern: URLPattern) -> dict[str, object]:
    """Return what stands in the address: what this page needs, else what all such parts need."""
    own = NEEDS.get(str(pattern.name), {})
    parts = dict.fromkeys((*pattern.pattern.converters, *own))
    return {part: {**ALL, **own}[part]() for part in parts}


def _staff(key: str) -> Staff:
    colleague: Staff = Staff.objects.get(email__startswith=f"{key}@")
    return colleague


def _case(name: str) -> Case:
    return Case.objects.open().filter(person__name__startswith=name).earliest("pk")


def _bundle() -> Bundle:
    return Bundle.objects.select_related("case").earliest("pk")


def _promise(name: str) -> int:
    return Promise.objects.filter(case=_case(name)).latest("pk").pk


def _first(model: type[Model]) -> Callable[[], int]:
    return lambda: model._default_manager.earliest("pk").pk


def _of_grave(model: type[Model], path: str = "case") -> Needs:
    """Return what leads to the oldest `model` of the case that was looked into in full."""
    return {
        "reference": lambda: _case("Priya").reference,
        "pk": lambda: model._default_manager.filter(**{path: _case("Priya")}).earliest("pk").pk,
    }


def _with_case(model: type[Model]) -> Needs:
    of = model._default_manager.order_by("pk").values_list("case__reference", flat=True)
    return {"pk": _first(model), "reference": lambda: of[0]}


def _closed() -> str:
    return token_of(Case.objects.filter(closed_at__isnull=False).earliest("pk"))


def _rated() -> str:
    answered = FollowUp.objects.filter(verdict=Verdict.PARTLY, answered_at__isnull=False)
    return token_of(answered.latest("answered_at").case)


def _asked() -> str:
    asked = FollowUp.objects.filter(asked_at__isnull=False, answered_at=None, dropped_at=None)
    return token_of(asked.latest("pk").case)


ALL: Needs = {
    "reference": lambda: _case("Marek").reference,
    "language": lambda: "en",
    "token": lambda: token_of(_case("Rūta")),
    "role": lambda: "agent",
    "key": lambda: KEY,
    "part": lambda: "note",
    "pk": lambda: 1,
}
HEATING: Needs = {"pk": lambda: _promise("Rūta")}
BROKEN: Needs = {"pk": lambda: _promise("Marek")}
OPEN: Needs = {"reference": lambda: _case("Simona").reference, "pk": lambda: _promise("Simona")}
OFFERED: Needs = {"reference": lambda: _case("Arben").reference}
PROPOSED: Needs = {"token": lambda: token_of(_case("Priya"))}
MINE: Needs = {
    "token": lambda: own_cases_token(Person.objects.get(cases=_case("Rūta")), at=timezone.now())
}
BUNDLE: Needs = {"reference": lambda: _bundle().case.reference, "pk": lambda: _bundle().pk}
TODO: Needs = {"reference": lambda: _case("Rūta").reference, "pk": _first(Todo)}
PERSON: Needs = {"pk": lambda: _case("Rūta").person_id}
COLLEAGUE: Needs = {"pk": lambda: _staff("jurga").pk}
TEAM: Needs = {"pk": _first(Team)}
DEPARTMENT: Needs = {"pk": _first(Department)}
VIEW: Needs = {"name": lambda: SavedView.objects.earliest("pk").pk}
NEEDS: Mapping[str, Needs] = {
    "view": {"name": lambda: "without-a-word"},
    **{f"view-{act}": VIEW for act in ("change", "copy", "share", "throw-away")},
    **TURNED,
    **{f"view-{act}": VIEW for act in ("pin", "unpin", "up")},
    "set-up": {"key": lambda: "over"},
    "join": {"key": lambda: invitation_key(_staff("jurga"), at=timezone.now())},
    "account_reset_password_from_key": {"uidb36": lambda: "1", "key": lambda: "over-now"},
    "tell-us-step": {"key": lambda: UNSENT_KEY, "name": lambda: "wish"},
    "tell-us-keep": {"key": lambda: UNSENT_KEY, "name": lambda: "wish"},
    "tell-us-check": {"key": lambda: UNSENT_KEY},
    "tell-us-sent": {"key": lambda: SENT_KEY},
    "customer-again": {"token": _closed},
    "customer-put-right": {"token": _asked, "verdict": lambda: "yes"},
    "customer-rating": {"token": _rated},
    "customer-letter": {"token": lambda: token_of(_case("Zita"))},
    "customer-decision-yes": {"token": lambda: token_of(_case("Zita"))},
    "customer-proposal-yes": PROPOSED,
    "customer-proposal-instead": PROPOSED,
    "customer-proposal-time": PROPOSED,
    "as-customer-letter": {"reference": lambda: _case("Zita").reference},
    "as-customer-slip": {**HEATING, "reference": lambda: _case("Rūta").reference},
    "own-cases": MINE,
    "own-cases-renew": MINE,
    "customer-slip": HEATING,
    "customer-agree": HEATING,
    "customer-another-day": HEATING,
    "slip-on-paper": HEATING,
    "case-anew": BROKEN,
    "case-kept": BROKEN,
    "case-sorry-first": BROKEN,
    "case-yes": OPEN,
    "case-another-day": OPEN,
    **dict.fromkeys(("case-accept", "case-decline", "case-take-back"), OFFERED),
    "case-finding": {"pk": lambda: Issue.objects.filter(case=_case("Marek")).earliest("pk").pk},
    "case-hold": _with_case(Hold),
    "case-held": _with_case(HeldReply),
    "case-say-better": _of_grave(Issue),
    "case-disclose": _of_grave(Evidence),
    "case-disagree": _of_grave(AgreedPoint),
    "case-leave-aside": _of_grave(Option),
    "case-weigh-anew": _of_grave(Option),
    "case-remedy": _of_grave(Option),
    "case-approval": _of_grave(Option),
    "case-propose": _of_grave(Option),
    "case-no-remedy": _of_grave(Remedy, "option__case"),
    "case-letter": {"reference": lambda: _case("Priya").reference},
    "case-bundles": {"reference": lambda: _bundle().case.reference},
    "case-bundle": BUNDLE,
    "case-bundle-paper": BUNDLE,
    "case-bundle-file": BUNDLE,
    "case-blacken": {
        **BUNDLE,
        "contact": lambda: _bundle().case.case_contacts.earliest("pk").contact_id,
    },
    "case-uncover": {**BUNDLE, "bar": lambda: 1},
    "settings-body": {"pk": _first(OutsideBody)},
    "bulk-run": {"pk": _first(BulkRun)},
    "settings-checklist": {"pk": _first(Checklist)},
    "case-checklist": {"pk": _first(Checklist)},
    **dict.fromkeys(("case-todo-done", "case-todo-undone", "case-todo-give"), TODO),
    "promises-feed": {"token": lambda: calendar_token(_staff("milda"))},
    "settings-clock": {"pk": _first(ClockProfile)},
    "settings-hours-team": TEAM,
    "settings-hours-team-year": TEAM,
    "settings-standard": {"key": lambda: "first-answer"},
    "kept-standard": {"key": lambda: "first-answer"},
    "settings-tag": {"pk": _first(Tag)},
    "settings-learning-switch": {"target": lambda: "kind"},
    "settings-answer": {"pk": _first(AnswerTemplate)},
    "settings-field": {"pk": _first(CustomField)},
    "settings-field-retire": {"pk": _first(CustomField)},
    "settings-field-choice-new": {"pk": _first(CustomField)},
    "settings-field-choice": {"pk": _first(CustomChoice)},
    "settings-field-choice-end": {"pk": _first(CustomChoice)},
    "settings-procedure": {"kind": lambda: "complaint"},
    "settings-records-erase": {
        "reference": lambda: Case.objects.exclude(keeping=None)[0].reference
    },
    "case-reopen": {"reference": lambda: Case.objects.filter(closed_at__isnull=False)[0].reference},
    "sheet-in-hand": {"key": lambda: TAKEN_KEY},
    "customer": PERSON,
    "customer-edit": PERSON,
    "customer-contacts": PERSON,
    "customer-lesson": PERSON,
    "lesson-retire": {"pk": _first(Lesson)},
    "customer-organisation": PERSON,
    "customer-point": PERSON,
    "customer-need": PERSON,
    "customer-representative": PERSON,
    "customer-merge": {**PERSON, "other_pk": _first(Person)},
    "settings-colleague": COLLEAGUE,
    "settings-team": TEAM,
    "settings-department": DEPARTMENT,
    "mail": {"pk": _first(OutgoingMail)},
}
