import pytest

from amends.contacts.actions.templates import (
    AnswerDraft,
    AnswerKnown,
    AnswerNameNeeded,
    AnswerTextNeeded,
    VariableUnknown,
    keep_answer,
    move_answer,
    offer_answer_again,
    stop_offering,
)
from amends.contacts.models.templates import AnswerTemplate
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    make.organisation()
    return make.staff(role=Role.MANAGER)


def keep(by, name="Refund", kept=None, **texts):
    draft = AnswerDraft(name=name, texts=texts or {"en": "We pay {gist} back."})
    return keep_answer(kept, draft=draft, by=by, at=NOW)


def names():
    return list(AnswerTemplate.objects.order_by("position").values_list("name", flat=True))


def test_answers_stand_in_the_order_in_which_they_were_written(manager):
    first = keep(manager, " A   refund ", en="We pay it back. ", lt=" ")
    keep(manager, "Visit")
    assert (first.name, first.texts) == ("A refund", {"en": "We pay it back."})
    assert names() == ["A refund", "Visit"]
    assert Entry.objects.filter(kind="AnswerKept").count() == 2


def test_one_is_written_anew_and_keeps_its_place(manager):
    first = keep(manager)
    keep(manager, "Visit")
    keep(manager, "Refund", first, pl="Zwracamy.")
    assert names() == ["Refund", "Visit"]
    first.refresh_from_db()
    assert first.texts == {"pl": "Zwracamy."}


@pytest.mark.parametrize(
    ("name", "texts", "refusal"),
    [
        (" ", {"en": "Words"}, AnswerNameNeeded),
        ("Visit", {"en": " "}, AnswerTextNeeded),
        ("Visit", {"en": "{price}"}, VariableUnknown),
        ("REFUND", {"en": "Words"}, AnswerKnown),
    ],
)
def test_what_colleagues_could_not_use_is_not_kept(manager, name, texts, refusal):
    keep(manager)
    with pytest.raises(refusal):
        keep(manager, name, **texts)
    assert names() == ["Refund"]


def test_an_unknown_name_in_braces_is_refused_with_those_that_are_known(manager):
    with pytest.raises(VariableUnknown) as refused:
        keep(manager, lt="{kaina} {suma}")
    assert "{kaina}, {suma}" in str(refused.value)
    assert "{promise_by}" in str(refused.value)


@pytest.mark.parametrize(
    ("places", "order"),
    [(1, ["B", "A", "C"]), (-1, ["A", "B", "C"]), (9, ["B", "C", "A"])],
)
def test_one_is_put_up_or_down_the_list_and_never_out_of_it(manager, places, order):
    first, *_others = [keep(manager, name) for name in "ABC"]
    move_answer(first, places=places, by=manager, at=NOW)
    assert names() == order


def test_one_is_offered_no_more_and_again(manager):
    kept = keep(manager)
    assert not stop_offering(kept, by=manager, at=NOW).active
    assert offer_answer_again(kept, by=manager, at=NOW).active


def test_only_who_keeps_the_list_changes_it(manager):
    kept, agent = keep(manager), make.staff()
    with pytest.raises(NotAllowed):
        keep(agent)
    with pytest.raises(NotAllowed):
        move_answer(kept, places=1, by=agent, at=NOW)
    with pytest.raises(NotAllowed):
        stop_offering(kept, by=agent, at=NOW)
