"""Cases found by the words that were said in them."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast

from amends.cases.models.words import CaseWords
from amends.cases.queries.blind import customers_kept_from
from amends.cases.rules.words import asked_of_words
from amends.staff.models import Staff


def saying(text: str, staff: Staff) -> Q:
    """Return which cases hold words that begin with those of `text`, as far as `staff` may ask.

    Earlier cases that are kept from them for now are not found: in their words stands how they
    ended. Of a sensitive case only the words that every list shows are looked through.
    """
    asked = asked_of_words(text)
    if not asked:
        return Q(pk__in=())
    question = Cast(Value(asked), SearchQueryField())
    holds = Func(F("words"), question, arg_joiner=" @@ ", output_field=BooleanField())
    holds.template = "%(expressions)s"
    found = Q(Exists(CaseWords.objects.filter(holds, case=OuterRef("pk"))))
    kept = customers_kept_from(staff)
    return found & (Q(person=None) | ~Q(person__in=kept) | Q(closed_at=None)) if kept else found
