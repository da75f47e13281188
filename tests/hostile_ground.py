"""A small organisation of which every address of ours names something that is there."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from amends.cases.actions.bulk import Wanted, prepare_bulk
from amends.cases.actions.bundles import begin_bundle, blacken
from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.contributing import Hand, name_contribution
from amends.cases.actions.help import ask_for_help
from amends.cases.actions.lessons import Learned, note_lesson
from amends.cases.actions.letters import Reply, send_slip
from amends.cases.actions.opening import Opening
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.planning import plan_reply
from amends.cases.actions.protection import Standstill, set_hold
from amends.cases.actions.read_back import ask_read_back
from amends.cases.actions.sharing import share_reply
from amends.cases.actions.tags import keep_tag
from amends.cases.actions.taking_down import DoneNow, Sheet, take_down
from amends.cases.actions.todos import Plain, add_todo
from amends.cases.actions.views import save_view
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.queries.links import token_of
from amends.cases.queries.own_cases import own_cases_token
from amends.cases.rules.bulk import BulkAct
from amends.cases.rules.fields import FieldType
from amends.cases.rules.kinds import CaseKind, How
from amends.cases.rules.todos import Line
from amends.cases.rules.views import Filter, Look, Match
from amends.coach.actions import read_contact
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.actions.drafts import Typing, keep_draft
from amends.contacts.actions.mailboxes import Naming, add_mailbox
from amends.contacts.actions.templates import AnswerDraft, keep_answer
from amends.contacts.rules.kinds import DraftKind
from amends.people.actions.merging import merge_people
from amends.people.actions.needs import record_special_need
from amends.people.actions.representing import add_representation
from amends.people.models import Person
from amends.staff.actions.calendar import replace_calendar_address
from amends.staff.models import Staff
from amends.staff.queries import calendar_token
from amends.staff.rules.permissions import Role
from amends.standards.actions import Notice, Target, set_warning, ship_profiles, write_standard
from amends.standards.models import ClockProfile
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose
from tests import make
from tests.belonging import in_two_organisations, with_two_occasions
from tests.cases.fielded import a_choice, a_field

Ids = dict[str, dict[str, object]]
PARKED = "a" * 32
OF_PROMISE = (
    "case-anew", "case-kept", "case-yes", "case-another-day", "case-sorry-first", "slip-on-paper",
    "customer-slip", "customer-agree", "customer-another-day", "as-customer-slip",
)  # fmt: skip
OF_PERSON = (
    "customer", "customer-edit", "customer-point", "customer-need", "customer-merge",
    "customer-representative", "customer-contacts", "customer-lesson", "customer-organisation",
    "customer-occasion", "customer-died",
)  # fmt: skip
OF_ORGANISATION = ("organisation-details", "organisation-members")
OF_COLLEAGUE = (
    "settings-colleague", "settings-invite-again", "settings-colleague-end",
    "settings-colleague-back", "away-colleague",
)  # fmt: skip
OF_BUNDLE = (
    "case-bundle", "case-bundle-paper", "case-bundle-file", "case-blacken", "case-uncover",
)  # fmt: skip
OF_DEPARTMENT = ("settings-department", "settings-department-end")
OF_MAIL = ("mail", "mail-again", "mail-take-back", "case-undo-reply")
OF_RUN = ("bulk-run", "bulk-begin", "bulk-undo")
OF_TODO = ("case-todo-done", "case-todo-undone", "case-todo-give")
OF_CHECKLIST = ("case-checklist", "settings-checklist", "settings-checklist-retire")
OF_ANSWER = ("settings-answer", "settings-answer-retire", "settings-answer-move")
OF_PLANNED = ("case-planned-move", "case-planned-now", "case-planned-drop")
OF_SHARED = ("case-share-stop", "case-shared-take", "case-shared-remark")
OF_MAILBOX = (
    "settings-mailbox", "settings-mailbox-test", "settings-mailbox-turn",
    "settings-mailbox-consent", "settings-mailbox-ask", "settings-mailbox-password",
)  # fmt: skip
OF_TAG = ("settings-tag", "settings-tag-retire", "settings-tag-join")
OF_HAND = ("sheet-in-hand", "sheet-send", "sheet-cause", "sheet-thanked", "sheet-marks")


@dataclass
class Ground:
    """Who looks at the pages, and by page what its address names; under "" what most have."""

    ids: Ids
    staff: list[Client] = field(default_factory=list)


def build() -> Ground:
    """Return an organisation in the middle of its work, made by the actions."""
    make.organisation()
    senior, manager = (
        make.staff(role=role, administers=True, password=make.PASSWORD)
        for role in (Role.SENIOR, Role.MANAGER)
    )
    team = make.team(members=(senior, manager), duty_owner=senior)
    ruta = make.person("Rūta Petrauskienė", email="ruta@post.example", telephone="+37061234567")
    case = make.case(make.contact(person=ruta), owner=senior, team_=team)
    due_at = timezone.now() + timedelta(days=3)
    promise = make.promise(case, make.offer(due_at=due_at))
    ground = Ground(
        {
            **_about(case, promise, senior, manager),
            **_about_person(ruta, senior),
            **{key: {"pk": manager.pk} for key in OF_COLLEAGUE},
            **{key: {"pk": team.pk} for key in ("settings-team", "settings-team-end")},
            **{
                key: {"pk": team.department_id}
                for key in ("settings-department", "settings-department-end")
            },
        }
    )
    for who in (senior, manager):
        client = Client(raise_request_exception=False)
        client.force_login(who)
        ground.staff.append(client)
    return ground


def _about(case: Case, promise: Promise, senior: Staff, manager: Staff) -> Ids:
    now = timezone.now()
    standstill = Standstill(what="A debit", until=now + timedelta(days=2), told_whom="Billing")
    hold = set_hold(case, standstill=standstill, by=senior, at=now)
    step = Hand(step="Read the meter", department=case.department)
    hand = name_contribution(case, hand=step, by=senior, at=now)
    offer_handover(case, to=manager, summary="Read it.", by=senior, at=now)
    ask_read_back(case, text="An engineer comes.", by=senior, at=now)
    call = ask_for_help(case, text="May I?", of=manager, by=senior, at=now)
    mail = send_slip(promise, by=senior, at=now)
    assert mail
    keep_draft(Typing(DraftKind.SHEET, PARKED, {"story": "Cold."}, 0), by=senior, at=now)
    taken = take_down(_sheet(), by=senior, at=now)
    tag = keep_tag(None, names={"en": "Billing"}, by=manager, at=now)
    mailbox = add_mailbox(Naming(name="care", address="care@a.example"), by=manager, at=now)
    run = prepare_bulk(Wanted(BulkAct.CLOSE, {}), cases=[case.pk], key="k", by=senior, at=now)
    bundle = begin_bundle(case, to="The ombudsman", language="en", by=senior, at=now)
    told = case.case_contacts.earliest("pk").contact_id
    read_contact(case.case_contacts.earliest("pk").contact, case=case, at=now)
    [bar] = blacken(case, contact=told, passage="cold", reason="health", by=senior, at=now)
    plain = Plain(what="Ring.", owner=senior, due_at=now + timedelta(days=5))
    todo = add_todo(case, plain=plain, by=senior, at=now)
    lines = Draft(name="Cold flat", kind="", lines=(Line("Ring", 1),))
    checklist = keep_checklist(None, draft=lines, by=manager, at=now)
    incoming = Incoming(source="a-test", key="1", raw=b"From: a@b.example\r\n\r\nHello")
    arrival, _new = store_arrival(incoming, at=now)
    return {
        "": {
            "language": "en", "token": token_of(case), "reference": case.reference, "pk": 1,
            "key": "0" * 32, "name": "story", "part": "note", "role": "agent", "verdict": "no",
            "uidb36": "1", "other_pk": 1,
        },
        "sheet": {"key": PARKED},
        **{
            key: {"token": own_cases_token(case.person, at=now)}
            for key in ("own-cases", "own-cases-link", "own-cases-renew")
            if case.person
        },
        "settings-clock": {"pk": _a_clock()},
        "away-end": {"pk": make.absence(manager, senior, at=now).pk},
        "promises-feed": {"token": calendar_token(replace_calendar_address(by=senior, at=now))},
        **_a_standard(manager),
        "settings-procedure": {"kind": "complaint"},
        **_our_own(),
        **_a_view(senior),
        "case-hold": {"pk": hold.pk},
        "case-no-contribution": {"pk": hand.pk},
        "case-not-so": {"pk": told},
        "case-followed": {"pk": told},
        "settings-learning-switch": {"target": "kind"},
        "case-machine-put": {"pk": 1},
        "case-finding": {"pk": case.issues.get().pk},
        "answer-help": {"pk": call.pk},
        "arrival-again": {"pk": arrival.pk},
        **{key: {"pk": bundle.pk, "contact": told, "bar": bar.pk} for key in OF_BUNDLE},
        **{key: {"pk": promise.pk} for key in OF_PROMISE},
        **{key: {"pk": tag.pk} for key in OF_TAG},
        **_writing(case, senior, manager),
        **{key: {"pk": mailbox.pk} for key in OF_MAILBOX},
        **{key: {"pk": todo.pk} for key in OF_TODO},
        **{key: {"pk": checklist.pk} for key in OF_CHECKLIST},
        **{key: {"pk": run.pk} for key in OF_RUN},
        **{key: {"pk": mail.pk} for key in OF_MAIL},
        **{key: {"key": taken.key} for key in OF_HAND},
    }  # fmt: skip


def _writing(case: Case, senior: Staff, manager: Staff) -> Ids:
    """Return a ready answer, a reply that leaves later, and one that is shared."""
    now, letter = timezone.now(), Reply(text="We come.")
    later = now + timedelta(days=1)
    planned = plan_reply(case, reply=letter, leaves_at=later, by=senior, at=now)
    typed = Typing(DraftKind.COMPOSER, f"{case.reference}:reply", {"reply-text": "We come."}, 0)
    keep_draft(typed, by=senior, at=now)
    shared = share_reply(case, to=manager, by=senior, at=now)
    ready = AnswerDraft(name="Visit", texts={"en": "We come, {promise_by}."})
    answer = keep_answer(None, draft=ready, by=manager, at=now)
    way_out = (
        "settings-way-out",
        "settings-way-out-key",
        "settings-way-out-sign",
        "settings-way-out-look",
    )
    return {
        **{key: {"pk": 0} for key in way_out},
        **{key: {"pk": answer.pk} for key in OF_ANSWER},
        **{key: {"pk": planned.pk} for key in OF_PLANNED},
        **{key: {"pk": shared.pk} for key in OF_SHARED},
    }


def _a_view(senior: Staff) -> Ids:
    """Return a view that the senior keeps, which looks at a field of each kind."""
    look = Look((Filter("owner", Match.IS, ("me",)), Filter("due", Match.OVER)))
    view = save_view(None, name="Mine", look=look, by=senior, at=timezone.now())
    acts = ("change", "copy", "share", "throw-away", "pin", "unpin", "up", "csv", "xlsx")
    return {key: {"name": view.pk} for key in ("view", *(f"view-{act}" for act in acts))}


def _a_clock() -> int:
    """Return the key of a clock that a law sets."""
    ship_profiles(at=timezone.now())
    return ClockProfile.objects.earliest("pk").pk


def _a_standard(manager: Staff) -> Ids:
    """Return a standard that is warned of before it is over."""
    now = timezone.now()
    target = Target(name="First answer", measure=Measure.FIRST_ANSWER, limit=timedelta(hours=4))
    key = write_standard("first-answer", target=target, by=manager, at=now).key
    warning = Notice(about=Whose.STANDARD, before=timedelta(hours=1), standard=key)
    pages = ("settings-standard", "settings-standard-give-up", "settings-standard-warn")
    return {
        "settings-warning-stop": {"pk": set_warning(warning, by=manager, at=now).pk},
        **{page: {"key": key} for page in (*pages, "kept-standard")},
    }


def _our_own() -> Ids:
    """Return a field of each type that every kind of case has, and a choice in one."""
    kinds = frozenset(CaseKind)
    fields = {kind: a_field(kind.value, kind, kinds=kinds) for kind in FieldType}
    choice = a_choice(fields[FieldType.ONE_OF], "Old town")
    of_field = ("settings-field", "settings-field-retire", "settings-field-choice-new")
    of_choice = ("settings-field-choice", "settings-field-choice-end")
    return {
        **{key: {"pk": choice.field_id} for key in of_field},
        **{key: {"pk": choice.pk} for key in of_choice},
    }


def _sheet() -> Sheet:
    """Return a sheet with something done at once, of which the cause is still to be counted."""
    opening = Opening(kind=CaseKind.COMPLAINT, team=make.team(), language="en")
    done = DoneNow("The tap was replaced.", How.TELEPHONE)
    return Sheet(key="f" * 32, telling=make.telling(), opening=opening, ending=done)


def _about_person(ruta: Person, by: Staff) -> Ids:
    now = timezone.now()
    other = make.person("Jonas Kairys", email="jonas@post.example")
    need = record_special_need(
        ruta,
        text="A ramp",
        consent="on the telephone",
        expires_at=now + timedelta(days=9),
        by=by,
        at=now,
    )
    merge = merge_people(ruta, merged=make.person("Rūta P."), by=by, at=now)
    pair = add_representation(ruta, representative=other, authority="", by=by, at=now)
    learned = Learned(text="Ring her after five.", person=ruta)
    lesson = note_lesson(learned, by=by, at=now)
    occasion = with_two_occasions(ruta, by=by)
    membership = in_two_organisations(ruta, by=by)
    point = ruta.points.order_by("pk").first()
    assert point
    return {
        **{key: {"pk": ruta.pk, "other_pk": other.pk} for key in OF_PERSON},
        "lesson-retire": {"pk": lesson.pk},
        **{key: {"pk": occasion.pk} for key in ("occasion-greeted", "occasion-withdraw")},
        **{key: {"pk": membership.organisation_id} for key in OF_ORGANISATION},
        **{key: {"pk": membership.pk} for key in ("membership-leave", "membership-rejoin")},
        "customer-need-withdraw": {"pk": need.pk},
        "customer-point-remove": {"pk": point.pk},
        "customer-unmerge": {"pk": merge.pk},
        "customer-representation-end": {"pk": pair.pk},
    }
