"""What the tests of a customer's page have in common."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.promises import Offer, accept_promise, keep_promise, make_promise
from amends.cases.models.promises import FollowUp
from amends.cases.queries.links import token_of
from amends.cases.rules.kinds import How


def promised(case, what="An engineer comes and it is warm", in_days=1):
    due_at = timezone.now() + timedelta(days=in_days)
    return make_promise(
        case, offer=Offer(what=what, due_at=due_at), by=case.owner, at=timezone.now()
    )


def kept(case):
    """Return the question about a promise that was kept just now."""
    promise = promised(case)
    accept_promise(promise, how=How.TELEPHONE, by=case.owner, at=timezone.now())
    keep_promise(promise, evidence="A new pipe was put in.", by=case.owner, at=timezone.now())
    return FollowUp.objects.get(promise=promise)


def url(case, name="case", *args, language="en"):
    return reverse(f"customer-{name}", args=[language, token_of(case), *args])
