import pytest

from amends.cases.models.case import Case
from amends.cases.queries.fields import lines_of_case
from amends.cases.rules.fields import FieldType, Filled, Stage
from amends.cases.rules.kinds import CaseKind
from tests import make
from tests.cases.fielded import a_choice, a_field
from tests.web.sheet.filling import URL, filled, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    make.organisation()
    agent = make.staff("Milda")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def test_the_sheet_asks_for_what_must_be_there_before_we_promise(client, agent):
    a_field("Only later", required_at=Stage.CLOSING)
    assert "What we ask besides" not in client.get(URL).text
    field = a_field(required_at=Stage.RECEIPT)
    page = client.get(URL).text
    assert "Contract number" in page
    assert "Only later" not in page
    answer = client.post(URL, filled())
    assert answer.status_code == 422
    assert "Contract number is asked for here." in answer.text
    assert not Case.objects.exists()
    assert client.post(URL, filled(**{f"field_{field.pk}": "K-12"})).status_code == 302
    held = {line.pk: line.filled for line in lines_of_case(Case.objects.get())}
    assert held[field.pk] == Filled(text="K-12")


def test_what_only_assessment_asks_for_is_not_asked_where_nothing_is_promised(client, agent):
    a_field(required_at=Stage.ASSESSMENT)
    assert client.post(URL, filled("promise")).status_code == 422
    assert client.post(URL, filled("note")).status_code == 302


def test_a_field_of_another_kind_is_not_asked_for(client, agent):
    field = a_field(kinds=frozenset({CaseKind.REQUEST}), required_at=Stage.RECEIPT)
    assert client.post(URL, filled(**{f"field_{field.pk}": "K-12"})).status_code == 302
    assert lines_of_case(Case.objects.get()) == ()


def test_several_choices_are_kept_with_the_sheet(client, agent):
    field = a_field("Rooms", FieldType.SEVERAL_OF, required_at=Stage.RECEIPT)
    keys = [str(a_choice(field, each).pk) for each in ("hall", "attic")]
    name = f"field_{field.pk}"
    keep(agent, **{name: ",".join(keys)})
    assert client.get(URL).text.count("checked") >= 2
    told = {**filled(version="1"), name: keys}
    assert client.post(URL, told).status_code == 302
    held = lines_of_case(Case.objects.get())[0].filled
    assert held.choices == {int(key) for key in keys}


def test_what_does_not_fit_is_said_at_its_field(client, agent):
    field = a_field("Sum", FieldType.AMOUNT, required_at=Stage.RECEIPT)
    wrong = {f"field_{field.pk}": "5", f"field_{field.pk}_currency": "12"}
    answer = client.post(URL, filled(**wrong))
    assert answer.status_code == 422
    assert f"#id_field_{field.pk}" in answer.text
    assert not Case.objects.exists()
