"""What a page that is followed asks for, and that nobody learns what they may not see."""

import json
import re

import pytest
from django.urls import reverse

from amends.cases.actions.clarifying import note_wish
from amends.cases.actions.correspondence import add_note, reply_by_mail
from amends.cases.actions.letters import Reply
from amends.cases.actions.opening import add_contact
from amends.cases.actions.parties import name_party
from amends.cases.rules.kinds import Part
from amends.journal.queries import last_entry_of
from amends.web.live.passes import LIVE, read_pass
from tests import make

pytestmark = pytest.mark.django_db
FOLLOWED = {LIVE: "yes"}


@pytest.fixture
def jonas():
    return make.staff("Jonas Petraitis")


@pytest.fixture
def milda(client, jonas):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent, jonas))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(make.contact(person=make.person(email="ruta@post.example")), owner=milda)


def at(case, name, query=""):
    return reverse(f"case-{name}", args=[case.reference]) + query


def first(pattern, page):
    found = re.search(pattern, page)
    assert found
    return found[1]


def pass_of(client, told):
    return read_pass(told, client.session.session_key)


def test_a_case_is_followed_where_the_server_can_and_nowhere_else(client, case, milda):
    address = reverse("case", args=[case.reference])
    assert "data-live=" not in client.get(address).text
    page = client.get(address, **FOLLOWED).text
    its = pass_of(client, first(r'data-pass="([^"]+)"', page))
    assert (its.staff, its.place) == (milda.pk, f"case:{case.pk}")
    assert its.topics == (f"case:{case.pk}", f"draft:{case.reference}:reply")


def test_a_list_is_followed_by_whose_it_is(client, milda):
    (team,) = milda.teams.all()
    for which, topics in {
        "mine": (f"staff:{milda.pk}",),
        "team": (f"staff:{milda.pk}", f"team:{team.pk}"),
        "ended": (f"staff:{milda.pk}", "cases"),
    }.items():
        page = client.get(reverse("inbox"), {"which": which}, **FOLLOWED).text
        assert pass_of(client, first(r'data-pass="([^"]+)"', page)).topics == topics


def test_a_new_pass_is_given_while_the_case_may_be_read(client, case, milda):
    told = client.get(at(case, "watching"), **FOLLOWED).json()
    assert pass_of(client, told["pass"]).place == f"case:{case.pk}"
    name_party(case, part=Part.COMPLAINED_ABOUT, who=milda, by=case.team.duty_owner, at=make.NOW)
    for name in ("watching", "news", "company"):
        assert client.get(at(case, name), **FOLLOWED).status_code == 404


def test_a_new_pass_for_a_list_and_none_where_nothing_can_be_followed(client, milda):
    told = client.get(reverse("watching"), {"every": "1"}, **FOLLOWED).json()
    assert pass_of(client, told["pass"]).topics == (f"staff:{milda.pk}", "cases")
    assert client.get(reverse("watching")).json() == {"pass": ""}


@pytest.mark.parametrize("name", ["watching", "news", "company"])
def test_a_stranger_is_sent_to_sign_in(client, case, name):
    client.logout()
    assert client.get(at(case, name)).status_code == 302


def test_what_colleagues_did_is_said_in_sentences_and_ones_own_is_not(client, case, milda, jonas):
    after = last_entry_of(f"case:{case.pk}")
    add_note(case, text="The valve is ordered.", by=jonas, at=make.NOW)
    add_note(case, text="Mine.", by=milda, at=make.NOW)
    note_wish(case, wish="Warmth", not_said=False, by=milda, at=make.NOW)
    reply_by_mail(case, reply=Reply(text="On Tuesday."), by=jonas, at=make.NOW)
    told = client.get(at(case, "news", f"?after={after}")).json()
    assert sorted(told["said"]) == ["Jonas Petraitis added a note", "Jonas Petraitis wrote"]
    assert told["seen"] == last_entry_of(f"case:{case.pk}")


def test_what_the_customer_says_is_said_too(client, case, jonas):
    after = last_entry_of(f"case:{case.pk}")
    add_contact(case, contact=make.contact("One more thing."), by=None, at=make.NOW)
    note_wish(case, wish="Warmth", not_said=False, by=jonas, at=make.NOW)
    said = client.get(at(case, "news", f"?after={after}")).json()["said"]
    assert len(said) == 2
    assert any(one.startswith("Jonas Petraitis: ") for one in said)


def test_many_news_are_said_in_few_words(client, case, jonas):
    after = last_entry_of(f"case:{case.pk}")
    for number in range(5):
        add_note(case, text=f"Note {number}", by=jonas, at=make.NOW)
    said = client.get(at(case, "news", f"?after={after}")).json()["said"]
    assert said == [*["Jonas Petraitis added a note"] * 3, "2 more things are new"]


@pytest.mark.parametrize("after", ["", "0", "x", "9" * 30])
def test_who_has_seen_nothing_is_told_nothing(client, case, after):
    assert client.get(at(case, "news", f"?after={after}")).json()["said"] == []


def test_those_who_are_here_are_named(client, case, milda, jonas):
    both = client.get(at(case, "company", f"?here={jonas.pk}&typing=")).text
    assert "Jonas Petraitis is here too" in both
    writes = client.get(at(case, "company", f"?here={jonas.pk}&typing={jonas.pk}")).text
    assert "Jonas Petraitis is writing a reply" in writes
    assert "is here too" not in writes
    nobody = client.get(at(case, "company", "?here=x,,99999999999999999999&typing=0")).text
    assert nobody.strip() == ""


def test_a_crowd_is_told_by_three_names(client, case):
    keys = ",".join(str(make.staff(f"Colleague {n}").pk) for n in range(5))
    text = client.get(at(case, "company", f"?here={keys}")).text
    assert "Colleague 0, Colleague 1, Colleague 2, 2 more are here too" in text
    two = ",".join(keys.split(",")[:2])
    assert (
        "Colleague 0 and Colleague 1 are here too"
        in client.get(at(case, "company", f"?here={two}")).text
    )


def test_the_line_over_a_list_comes_in_every_plural(client, milda):
    page = client.get(reverse("inbox"), **FOLLOWED).text
    phrases = json.loads(first(r'id="live-phrases"[^>]*>(.*?)</script>', page))
    assert phrases == {
        "one": "# new thing: show",
        "other": "# new things: show",
        "changed": "This list has changed: show",
    }
