"""The journal of a case, as a story and as a table."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.evidence import mark_sensitive
from amends.cases.actions.opening import add_contact
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import keep_promise
from amends.cases.actions.proposing import View, hear_view
from amends.cases.models.case import Case
from amends.cases.models.findings import Reading
from amends.cases.models.promises import Promise
from amends.cases.queries.behind import words_behind
from amends.cases.queries.timeline import ITEMS, journal_of
from amends.cases.rules.kinds import How, Part
from amends.staff.rules.permissions import Role
from amends.web.cases.journal_table import WHATS, What
from tests import make
from tests.cases import hard

pytestmark = pytest.mark.django_db


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    case = make.case(owner=milda)
    add_note(case, text="She is home after five.", by=milda, at=make.NOW)
    make.promise(case, accepted=True)
    return case


@pytest.fixture
def url(case):
    return reverse("case-journal", args=[case.reference])


@pytest.mark.parametrize("as_", ["story", "table", "x"])
def test_it_tells_all_that_happened_with_who_and_when(client, case, url, as_):
    page = client.get(url, {"as": as_}).text
    for said in ("It went cold again on Saturday", "She is home after five.", "Promised for"):
        assert said in page
    assert ('<table class="rows">' in page) == (as_ == "table")
    assert "data-print" in page


def test_the_page_of_the_case_leads_to_it(client, case, url):
    assert f'href="{url}"' in client.get(reverse("case", args=[case.reference])).text


def test_a_long_one_is_read_in_one_go_and_goes_on_where_it_ended(client, case, url, milda):
    for n in range(ITEMS):
        told = make.contact(f"Word {n}.", person=case.person, by=milda)
        add_contact(case, contact=told, by=milda, at=make.NOW)
    page = client.get(url, {"as": "table"}).text
    assert page.count('<td class="when">') > ITEMS
    assert "Earlier" not in page
    part = journal_of(case, parts=1)
    assert len(part.items) == ITEMS
    rest = journal_of(case, before=part.before)
    assert len(rest.items) + ITEMS == page.count('<td class="when">')


def test_who_may_not_see_the_case_does_not_see_its_journal(client, case, url, milda):
    jonas = make.staff("Jonas Kairys")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=milda, at=make.NOW)
    client.force_login(jonas)
    assert client.get(url).status_code == 404
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(url).status_code == 403
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("as_", ["story", "table"])
def test_what_was_done_for_a_promise_is_told(client, case, url, milda, as_):
    keep_promise(Promise.objects.get(), evidence="The pump runs.", by=milda, at=make.NOW)
    assert client.get(url, {"as": as_}).text.count("The pump runs.") == 2


def test_what_was_done_at_once_is_told_where_it_was_done(client, case, url):
    make.done(case)
    assert client.get(url).text.count("The tap was replaced.") == 2


def test_ways_evidence_and_answer_are_told_in_their_words_and_few_statements(
    client, milda, django_assert_max_num_queries
):
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(milda,))
    proposal = hard.heard(milda)
    before = proposal.view
    later = View(words="Now I would rather have it mended.", how=How.TELEPHONE)
    hear_view(proposal, view=later, by=milda, at=make.NOW.replace(year=2027))
    case = Case.objects.get(pk=proposal.case_id)
    items = journal_of(case).items
    with django_assert_max_num_queries(3):
        words = list(words_behind(case, items, promises={}).values())
    assert words.count(later.words) == 1
    assert before not in words
    assert proposal.option.what in words
    assert set(case.evidence.values_list("what", flat=True)) <= set(words)
    page = client.get(reverse("case-journal", args=[case.reference])).text
    assert later.words in page


def test_who_reads_the_journal_of_a_sensitive_case_is_written_down(client, case, url, milda):
    mark_sensitive(case, by=milda, at=make.NOW)
    client.get(url)
    assert Reading.objects.filter(case=case, staff=milda).exists()


def test_it_says_in_a_sentence_whom_it_concerns(client, case, url, milda):
    tomas = make.staff("Tomas Kalnius")
    name_party(case, part=Part.WITNESS, who=tomas, by=milda, at=make.NOW)
    said = f"It concerns {case.person.name}, Tomas Kalnius (saw it). Milda Jankauskaitė looks after"
    assert said in client.get(url).text


def test_where_nobody_is_known_it_says_so(client, milda):
    case = make.case(make.contact())
    page = client.get(reverse("case-journal", args=[case.reference])).text
    assert "It concerns nobody known yet." in page


class TestTable:
    @pytest.fixture
    def noted(self, case):
        add_note(case, text="=1+1 is no sum", by=make.staff("Asta", role=Role.SENIOR), at=make.NOW)

    def test_it_is_sifted_by_who_and_what(self, client, url, noted):
        page = client.get(url, {"as": "table", "who": "Asta"}).text
        assert "=1+1 is no sum" in page
        assert "She is home after five." not in page
        page = client.get(url, {"as": "table", "what": "contact"}).text
        assert "It went cold again" in page
        assert "Promised for" not in page

    @pytest.mark.parametrize("asked", [{"who": "nobody"}, {"what": "x"}, {"who": "a\x00b"}])
    def test_what_is_not_there_sifts_nothing(self, client, url, asked):
        assert "Promised for" in client.get(url, {"as": "table", **asked}).text

    def test_it_is_taken_away_as_a_file_that_no_spreadsheet_runs(self, client, url, case, noted):
        answer = client.get(url, {"as": "csv", "before": "x"})
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert f"{case.reference}-journal.csv" in answer.headers["Content-Disposition"]
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == ["When", "Who", "What", "In which words"]
        assert [row[3] for row in rows if row[1] == "Asta"] == ["'=1+1 is no sum"]
        few = client.get(url, {"as": "csv", "what": "note"}).content.decode("utf-8-sig")
        assert len(list(csv.reader(StringIO(few)))) == 3


def test_every_kind_of_row_has_its_word():
    assert set(WHATS) == set(What)
