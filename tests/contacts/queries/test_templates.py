import pytest

from amends.contacts.models.templates import AnswerTemplate
from amends.contacts.queries.templates import template_kept, templates_for, templates_kept
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


def template(name, position=1, *, active=True, **texts):
    return AnswerTemplate.objects.create(name=name, texts=texts, active=active, position=position)


def test_answers_in_the_language_of_the_customer_come_first_in_the_order_of_the_list():
    make.organisation(language="pl")
    template("Refund", 1, en="We pay it back.", pl="Zwracamy.")
    template("Visit", 3, lt="Atvyksime.")
    template("Delay", 2, lt="Vėluojame.")
    template("Old", 0, active=False, lt="Seniai.")
    offered = templates_for(make.staff(), "lt")
    assert [(one.name, one.text, one.is_translated) for one in offered] == [
        ("Delay", "Vėluojame.", True),
        ("Visit", "Atvyksime.", True),
        ("Refund", "Zwracamy.", False),
    ]


def test_nobody_who_writes_to_no_customer_is_offered_an_answer():
    template("Refund", en="We pay it back.")
    assert templates_for(make.staff(role=Role.AUDITOR), "en") == []


def test_the_whole_list_is_for_those_who_keep_it():
    kept = template("Refund", en="We pay it back.", active=False)
    manager = make.staff(role=Role.MANAGER)
    assert list(templates_kept(manager)) == [kept]
    assert template_kept(manager, kept.pk) == kept
    with pytest.raises(AnswerTemplate.DoesNotExist):
        template_kept(make.staff(), kept.pk)
