"""A step that is refused says what to do now."""

import pytest
from django.urls import reverse

from amends.cases.actions.splitting import TooLateToSplit
from amends.cases.actions.within import Barred
from amends.web.cases.refused import way_after
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(owner=milda)


PLAN = {"questions": "Why?", "sources": "Log", "persons": "J", "update_every_days": 5}
VIEW = {"words": "Good.", "how": "desk"}


@pytest.mark.parametrize(
    ("act", "told", "says", "leads"),
    [
        ("view", VIEW, "Propose a way to put it right", "case-investigation"),
        ("carry-out", {}, "See where it stands", "case"),
        ("close", {}, "See what is missing", "case-close"),
        ("plan", PLAN, "Say how grave it is", "case-assess"),
    ],
)
def test_a_refusal_stands_with_the_way_to_what_comes_first(client, case, act, told, says, leads):
    answer = client.post(reverse(f"case-{act}", args=[case.reference]), told)
    assert answer.status_code == 422
    way = reverse(leads, args=[case.reference])
    assert f'<a class="button" href="{way}">{says}</a>' in answer.text


def test_where_the_words_say_it_there_is_no_way(case):
    assert way_after(Barred(), case) is None
    way = way_after(TooLateToSplit(reference=case.reference), case)
    assert way is not None
    assert way.url == reverse("case-next", args=[case.reference])
