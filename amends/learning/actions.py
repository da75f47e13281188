"""Keeping what a night learnt, and answering what is suggested by it."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.assessment import Complaint, add_issue, change_kind, correct_issue
from amends.cases.actions.ownership import give_to_team
from amends.cases.actions.within import must_be_allowed
from amends.cases.models.case import Case, Issue
from amends.cases.rules.kinds import CaseKind
from amends.journal.actions import record
from amends.learning.events import NightLearnt, SuggestingSwitched
from amends.learning.models import Suggester, Suggestion
from amends.learning.queries import Suggested, suggestions_for
from amends.learning.rules.targets import Measured, Target, Tried
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


class NotSuggestedNow(Refused):
    text = _("This is not suggested any more. Load the page again.")


@transaction.atomic
def take_suggestion(
    case: Case, *, target: Target, label: str, by: Staff, at: datetime
) -> Suggestion:
    """Do what is suggested for `case`, in the name of `by`, and keep that it was taken.

    Raises NotSuggestedNow, and what the act itself raises: see `change_kind`, `correct_issue`,
    `give_to_team`.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    suggested = _current(case, target, label)
    if target is Target.KIND:
        with translation.override(organisation().language):
            reason = gettext("As suggested from our own history.")
        change_kind(case, kind=CaseKind(label), reason=reason, by=by, at=at)
    elif target is Target.TOPIC:
        _file(case, label, by, at)
    else:
        give_to_team(case, to=Team.objects.get(pk=int(label)), by=by, at=at)
    return _answered(case, suggested, by, at, taken=True)


@transaction.atomic
def decline_suggestion(
    case: Case, *, target: Target, label: str, by: Staff, at: datetime
) -> Suggestion:
    """Leave `case` as it is, and learn from that.

    Not journalled: it changes nothing of the case.

    Raises NotAllowed, Barred, NotYours, NotSuggestedNow.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    return _answered(case, _current(case, target, label), by, at, taken=False)


@transaction.atomic
def keep_what_was_learnt(
    target: Target, *, tried: Tried, examples: int, model: bytes, measured: Measured, at: datetime
) -> None:
    """Keep how a night's learning went; `model` takes the old one's place if it is to be used."""
    kept = Suggester.objects.get_or_create(target=target)[0]
    kept = Suggester.objects.select_for_update().get(pk=kept.pk)
    if not kept.is_on:
        return
    kept.tried, kept.tried_at, kept.seen_examples = tried, at, examples
    if tried is Tried.KEPT:
        kept.model, kept.sha256 = model, hashlib.sha256(model).hexdigest()
        kept.learnt_at, kept.examples = at, examples - measured.held_out
        kept.held_out, kept.right = measured.held_out, measured.right
    elif tried in {Tried.TOO_FEW, Tried.ONE_CLASS}:
        _forget(kept)
    kept.save()
    told = NightLearnt(
        target=target,
        tried=tried,
        examples=examples,
        held_out=measured.held_out,
        right=measured.right,
    )
    record(told, by=None, at=at)


@transaction.atomic
def switch_suggesting(target: Target, *, is_on: bool, by: Staff, at: datetime) -> None:
    """Suggest from now on, from the next night's learning; or no longer, and keep nothing learnt.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_PROCEDURES)
    kept = Suggester.objects.get_or_create(target=target)[0]
    kept = Suggester.objects.select_for_update().get(pk=kept.pk)
    if kept.is_on == is_on:
        return
    kept.is_on = is_on
    kept.tried, kept.tried_at, kept.seen_examples = Tried.NOT_YET, None, 0
    _forget(kept)
    kept.save()
    record(SuggestingSwitched(target=target, is_on=is_on), by=by, at=at)


def _current(case: Case, target: Target, label: str) -> Suggested:
    for one in suggestions_for(case):
        if (one.target, one.label) == (target, label):
            return one
    raise NotSuggestedNow


def _file(case: Case, topic: str, by: Staff, at: datetime) -> None:
    """File the first thing complained of under `topic`; where none is written down, the case's."""
    issue = Issue.objects.filter(case=case).order_by("pk").first()
    if issue is None:
        add_issue(case, complaint=Complaint(statement=case.gist, topic=topic), by=by, at=at)
        return
    complaint = Complaint(
        statement=issue.statement,
        product=issue.product,
        sub_product=issue.sub_product,
        topic=topic,
    )
    correct_issue(issue, complaint=complaint, by=by, at=at)


def _answered(
    case: Case, suggested: Suggested, by: Staff, at: datetime, *, taken: bool
) -> Suggestion:
    return Suggestion.objects.create(
        case=case,
        target=suggested.target,
        suggested=suggested.label,
        sure=suggested.sure,
        taken=taken,
        by=by,
        at=at,
    )


def _forget(kept: Suggester) -> None:
    kept.model, kept.sha256, kept.learnt_at = None, "", None
    kept.examples = kept.held_out = kept.right = 0
