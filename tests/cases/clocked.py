"""Cases on whose clocks tests look, and what is done to them."""

from datetime import UTC, datetime, timedelta

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.correspondence import reply_by_mail
from amends.cases.actions.investigating import Awaited, Plan, plan_investigation, wait_for
from amends.cases.actions.letters import Reply
from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock
from amends.contacts.rules.kinds import Channel, Source
from amends.staff.rules.permissions import Role
from amends.standards.actions import (
    Target,
    write_standard,
)
from tests import make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_manager():
    make.organisation()
    return make.staff("Ona", role=Role.MANAGER, administers=True)


def an_agent_beside(manager):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent, manager))
    return agent


def written(milda, **facts):
    """Return a case that came in by mail at NOW, which a person has not answered yet."""
    told = make.contact(
        person=facts.pop("person", None) or make.person(email="ruta@post.example"),
        channel=Channel.EMAIL,
        source=Source.WRITTEN,
        started_at=make.NOW,
        ended_at=make.NOW,
    )
    return make.case(told, **{"owner": milda, **facts})


def standard(manager, measure, limit, key="", at=make.NOW - DAY, **facts):
    target = Target(name=facts.pop("name", measure.value), measure=measure, limit=limit, **facts)
    return write_standard(key or measure.value, target=target, by=manager, at=at)


def clock(case, what, number=0):
    return CaseClock.objects.get(case=case, what=what, number=number)


def next_of(case):
    return Case.objects.values_list("next_due", "next_due_at").get(pk=case.pk)


def answers(case, by, at):
    reply = Reply(text="We look into it.", next_step="Ilona calls you", next_at=at + 9 * DAY)
    return reply_by_mail(case, reply=reply, by=by, at=at)


def end_of(day):
    """Return the end of a day in Vilnius, in summer."""
    return datetime(day.year, day.month, day.day, 21, tzinfo=UTC) - timedelta(microseconds=1)


def investigated(case, by, every=28):
    assess_case(case, assessment=Assessment(severity=3), by=by, at=make.NOW + HOUR)
    plan = Plan(questions="Why?", sources="Meters", persons="Rūta", update_every_days=every)
    return plan_investigation(case, plan=plan, by=by, at=make.NOW + HOUR)


def waits(case, by, state, until):
    awaited = Awaited(state=state, what="A photo", whom="Rūta", until=until)
    return wait_for(case, awaited=awaited, by=by, at=make.NOW + 2 * HOUR)
