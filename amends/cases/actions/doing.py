"""What each act does to one of many cases, and how it is undone; called by `bulk` only.

Nothing is decided here: each is one action that a colleague could do on the case by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.closing import close_case
from amends.cases.actions.linking import link_cases, remove_link
from amends.cases.actions.merging import merge_case, undo_merge
from amends.cases.actions.ownership import assign_case, give_to_team
from amends.cases.actions.snoozing import snooze_case, wake_case
from amends.cases.actions.tags import tag_case, untag_case
from amends.cases.actions.taking_back import Stood, take_back_closing
from amends.cases.models.case import Case, CaseLink
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.tags import Tag
from amends.cases.queries.tags import joined_tags
from amends.cases.rules.bulk import BulkAct
from amends.cases.rules.lifecycle import State
from amends.cases.rules.tags import found_by
from amends.cases.rules.turns import Linkage
from amends.staff.models import Staff, Team

Order = Mapping[str, Any]
Before = dict[str, Any]


class TaggedAlready(Refused):
    text = _("%(reference)s has this tag already.")


class NotTagged(Refused):
    text = _("%(reference)s does not have this tag.")


class LinkGone(Refused):
    text = _("The link was removed already.")


@dataclass(frozen=True, slots=True)
class Task:
    """One case, what is to be done to it, who does it, and when."""

    case: Case
    order: Order
    by: Staff
    at: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """How something is done, and undone by what stood before."""

    do: Callable[[Task], object]
    undo: Callable[[Task, Before], object]


def _assign(task: Task) -> None:
    to = Staff.objects.get(pk=task.order["to"])
    assign_case(task.case, to=to, by=task.by, at=task.at)


def _give(task: Task) -> None:
    team = Team.objects.select_related("department", "duty_owner").get(pk=task.order["team"])
    give_to_team(task.case, to=team, by=task.by, at=task.at)


def _give_back(task: Task, before: Before) -> None:
    """Let the case be where and whose it was, and what is owed on it be owed by whoever owed it."""
    case = Case.objects.get(pk=task.case.pk)
    if case.team_id != before["team"] or before["owner"] is None:
        team = Team.objects.select_related("department", "duty_owner").get(pk=before["team"])
        case = give_to_team(case, to=team, by=task.by, at=task.at)
    if before["owner"]:
        to = Staff.objects.get(pk=before["owner"])
        assign_case(case, to=to, by=task.by, at=task.at)
    for key, owner in before["promises"].items():
        Promise.objects.filter(case=case, pk=key).owed().update(owner=owner)


def _has(task: Task, tag: Tag) -> bool:
    return bool(found_by(tag.pk, joined_tags()) & {*task.case.tags})


def _tag(task: Task) -> None:
    tag = Tag.objects.get(pk=task.order["tag"])
    if _has(task, tag):
        raise TaggedAlready(reference=task.case.reference)
    tag_case(task.case, tag=tag, by=task.by, at=task.at)


def _untag(task: Task) -> None:
    tag = Tag.objects.get(pk=task.order["tag"])
    if not _has(task, tag):
        raise NotTagged(reference=task.case.reference)
    untag_case(task.case, tag=tag, by=task.by, at=task.at)


def _tag_again(task: Task, before: Before) -> None:
    for tag in Tag.objects.filter(pk__in=before["tags"]):
        tag_case(task.case, tag=tag, by=task.by, at=task.at)


def _untag_again(task: Task, _before: Before) -> None:
    tag = Tag.objects.get(pk=task.order["tag"])
    untag_case(task.case, tag=tag, by=task.by, at=task.at)


def _snooze(task: Task) -> None:
    until = datetime.fromisoformat(task.order["until"])
    snooze_case(task.case, until=until, reason=task.order["reason"], by=task.by, at=task.at)


def _wake(task: Task, _before: Before) -> None:
    wake_case(task.case, by=task.by, at=task.at)


def _close(task: Task) -> None:
    close_case(task.case, by=task.by, at=task.at)


def _open(task: Task, before: Before) -> None:
    asked = {
        int(key): datetime.fromisoformat(due_at) if due_at else None
        for key, due_at in before["asked"].items()
    }
    stood = Stood(
        state=State(before["state"]),
        since=datetime.fromisoformat(before["since"]),
        verdict=before["verdict"],
        asked=asked,
    )
    take_back_closing(task.case, stood=stood, by=task.by, at=task.at)


def _merge(task: Task) -> None:
    into = Case.objects.get(pk=task.order["into"])
    merge_case(task.case, into=into, reason=task.order["reason"], by=task.by, at=task.at)


def _part(task: Task, _before: Before) -> None:
    undo_merge(task.case, by=task.by, at=task.at)


def _link(task: Task) -> None:
    other = Case.objects.get(pk=task.order["into"])
    linkage = Linkage(task.order["linkage"])
    link_cases(task.case, other=other, linkage=linkage, by=task.by, at=task.at)


def _unlink(task: Task, _before: Before) -> None:
    drawn = CaseLink.objects.filter(
        case=task.case, other=task.order["into"], kind=task.order["linkage"]
    )
    link = drawn.select_related("case", "other").first()
    if link is None:
        raise LinkGone
    remove_link(link, by=task.by, at=task.at)


WAYS: Mapping[BulkAct, Way] = {
    BulkAct.ASSIGN: Way(_assign, _give_back),
    BulkAct.TEAM: Way(_give, _give_back),
    BulkAct.TAG: Way(_tag, _untag_again),
    BulkAct.UNTAG: Way(_untag, _tag_again),
    BulkAct.SNOOZE: Way(_snooze, _wake),
    BulkAct.CLOSE: Way(_close, _open),
    BulkAct.MERGE: Way(_merge, _part),
    BulkAct.LINK: Way(_link, _unlink),
}


def _of_owner(case: Case) -> Before:
    owed = Promise.objects.filter(case=case).owed().values_list("pk", "owner")
    return {
        "team": case.team_id,
        "owner": case.owner_id,
        "promises": {str(key): owner for key, owner in owed},
    }


def _of_closing(case: Case) -> Before:
    asked = FollowUp.objects.filter(case=case, answered_at=None, dropped_at=None)
    return {
        "state": case.state,
        "since": case.state_since.isoformat(),
        "verdict": case.verdict,
        "asked": {
            str(key): due_at and due_at.isoformat()
            for key, due_at in asked.values_list("pk", "due_at")
        },
    }


def _of_tags(case: Case) -> Before:
    return {"tags": case.tags}


BEFORE: Mapping[BulkAct, Callable[[Case], Before]] = {
    BulkAct.ASSIGN: _of_owner,
    BulkAct.TEAM: _of_owner,
    BulkAct.UNTAG: _of_tags,
    BulkAct.CLOSE: _of_closing,
}
