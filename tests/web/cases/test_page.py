"""The page of a case: what it shows to whom, and how much it asks of the database."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.closing import Why, count_and_close, thank, withdraw_case
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.from_portal import ask_for_another_look
from amends.cases.actions.opening import add_contact
from amends.cases.actions.parties import name_party
from amends.cases.actions.promises import counter_promise, keep_promise, mark_promise_broken
from amends.cases.models.case import Case
from amends.cases.rules.kinds import How, Mechanism, Part, Pillar, Verdict
from amends.cases.rules.weighing import Ahead
from amends.contacts.actions.marking import mark_words
from amends.contacts.rules.kinds import Channel, Direction, Lane, Source
from amends.contacts.rules.spans import Span
from amends.staff.models import Team
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MOST_STATEMENTS = 15


@pytest.fixture
def milda(client):
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


@pytest.fixture
def case(milda):
    return make.case(owner=milda)


@pytest.fixture
def url(case):
    return reverse("case", args=[case.reference])


def test_a_long_case_takes_few_statements(client, case, url, milda, django_assert_max_num_queries):
    for n in range(20):
        told = make.contact(f"Word {n}.", person=case.person, by=milda, notes=((make.NOW, "so"),))
        add_contact(case, contact=told, by=milda, at=make.NOW)
    make.promise(case, accepted=True)
    client.get(url)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page = client.get(url)
    assert "Word 19." in page.text


def test_their_own_words_stand_on_their_own_ground(client, case, url, milda):
    told = case.case_contacts.get().contact
    marks = [(Span(0, 38), Lane.FACT)]
    mark_words(told, marks=marks, by=milda, at=make.NOW)
    page = client.get(url).text
    assert '<figure class="words"' in page
    assert '<mark class="fact" title="a fact">It went cold again on Saturday evening</mark>' in page


def test_our_own_letters_are_not_taken_for_theirs(client, case, url, milda):
    ours = make.contact(
        "Dear Ms Petrauskienė, he comes at four.",
        person=case.person,
        by=milda,
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        source=Source.WRITTEN,
    )
    add_contact(case, contact=ours, by=milda, at=make.NOW)
    page = client.get(url).text
    assert page.count('<figure class="words"') == 1
    assert '<div class="letter"' in page


def test_what_was_quoted_below_a_mail_is_folded(client, case, url):
    words = (
        "Is he still coming?\n\nOn Monday 23 November, Milda wrote:\n> We are coming on Tuesday."
    )
    told = make.contact(words, person=case.person, channel=Channel.EMAIL, source=Source.WRITTEN)
    add_contact(case, contact=told, by=None, at=make.NOW)
    page = client.get(url).text
    assert "<summary>What was quoted below</summary>" in page


def test_answers_between_the_lines_stand_with_what_they_answer(client, case, url, milda):
    words = "> When?\nAt four.\n> And where?\nAt home.\n\nKind regards,\nRūta"
    told = make.contact(words, person=case.person, by=milda)
    add_contact(case, contact=told, by=milda, at=make.NOW)
    mark_words(told, marks=[(Span(30, 38), Lane.FACT)], by=milda, at=make.NOW)
    page = client.get(url).text
    assert page.count("<summary>What is answered here</summary>") == 2
    assert page.count('<details class="quoted" open>') == 2
    assert "<summary>Signature</summary>" in page
    assert "<blockquote>At four.</blockquote>" in page
    assert ">At home.</mark></blockquote>" in page


def test_a_broken_promise_says_what_to_do_first(client, case, url):
    promise = make.promise(case, accepted=True)
    mark_promise_broken(promise, at=promise.due_at)
    page = client.get(url).text
    assert "Say sorry first: a promise was broken" in page
    assert reverse("case-sorry-first", args=[case.reference, promise.pk]) in page


def test_what_is_missing_is_told_before_closing_with_the_way_to_it(client, case, url):
    make.promise(case, accepted=True)
    page = client.get(url)
    texts = [str(each["text"]) for each in page.context["rail"]["obstacles"]]
    assert "a promise is still owed" in texts
    assert all(each["way"] for each in page.context["rail"]["obstacles"])


def test_the_list_one_came_from_stands_beside_it(client, case, url, milda):
    other = make.case(make.contact("Another matter."), owner=milda)
    page = client.get(url, {"list": "mine"})
    assert [row.reference for row in page.context["list_rows"]] == [case.reference, other.reference]
    assert page.text.count('aria-current="true"') >= 1


def test_htmx_gets_only_the_part(client, url):
    part = client.get(url, headers=HTMX).text
    assert "<html" not in part
    assert part.strip().startswith('<div class="case" id="case">')


def test_whoever_is_complained_about_does_not_find_it(client, url, case):
    about = make.staff("Jonas Kairys")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=about, by=case.owner, at=make.NOW)
    client.force_login(about)
    assert client.get(url).status_code == 404


def test_an_auditor_reads_and_changes_nothing(client, url):
    client.force_login(make.staff(role=Role.AUDITOR))
    page = client.get(url)
    assert "You read everything here and change nothing." in page.text
    assert 'hx-target="#act"' not in page.text


def test_a_colleague_of_another_team_reads_and_sees_whose_it_is(client, url):
    client.force_login(make.staff())
    page = client.get(url).text
    assert "This case belongs to Milda Jankauskaitė." in page


def test_a_case_that_ended_says_how_and_offers_nothing(client, milda):
    case = make.done(make.case(owner=milda))
    page = client.get(reverse("case", args=[case.reference]))
    assert page.status_code == 200


def test_why_they_asked_for_another_day_stays_once_it_is_done(client, case, url, milda):
    promise = make.promise(case)
    wished = promise.due_at + timedelta(days=1)
    counter_promise(promise, wished=wished, words="I am away.", by=case.person, at=make.NOW)
    promise.refresh_from_db()
    assert "They ask for:" in client.get(url).text
    keep_promise(promise, evidence="Done", by=milda, at=make.NOW + timedelta(minutes=1))
    text = client.get(url).text
    assert "They asked for:" in text
    assert "<q>I am away.</q>" in text  # with the earlier promise
    assert "“I am away.”" in text  # and where it happened


def test_whom_they_asked_for_is_named_beside_what_is_next(client, case, url):
    senior = make.staff("Ona Senior", role=Role.SENIOR)
    Team.objects.filter(pk=case.team_id).update(duty_owner=senior)
    ask_for_another_look(case, words="Why?", by=case.person, at=make.NOW + timedelta(hours=1))
    assert f"{senior.name} was asked, and answers them." in client.get(url).text


def test_a_timeline_longer_than_a_page_goes_back(client, case, url, milda):
    for n in range(50):
        at = make.NOW + timedelta(minutes=n)
        told = make.contact(f"Word {n}.", person=case.person, started_at=at, ended_at=at)
        add_contact(case, contact=told, by=milda, at=at)
    page = client.get(url)
    earlier = client.get(url, {"before": page.context["before"]})
    assert "Word 49." in page.text
    assert "Word 2." in earlier.text


@pytest.mark.parametrize("reference", ["C-AAA-AAAA", "nothing", "0"])
def test_a_case_that_is_not_there_is_not_found(client, milda, reference):
    assert client.get(reverse("case", args=[reference])).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client, url):
    client.logout()
    assert client.get(url).status_code == 302


def test_a_case_leads_back_to_the_view_it_was_opened_from(client, case, url, milda):
    make.case(owner=milda)
    danger = Assessment(ahead=Ahead.SAFETY)
    assess_case(case, assessment=danger, by=milda, at=make.NOW)
    view = reverse("view", args=["comes-first"])
    assert f'href="{url}?view=comes-first"' in client.get(view).text
    page = client.get(url, {"view": "comes-first"})
    assert [row.reference for row in page.context["list_rows"]] == [case.reference]
    assert page.context["list_rows"][0].url == f"{url}?view=comes-first"
    assert page.context["list_url"] == view
    for none in ("there-is-none", "9" * 18, "\x00", "-1"):
        assert len(client.get(url, {"view": none}).context["list_rows"]) == 2


class TestWhenNothingIsLeft:
    def test_it_says_what_was_kept_and_when(self, client, case, url, milda):
        promise = make.promise(case, accepted=True)
        keep_promise(promise, evidence="It is warm.", by=milda, at=make.NOW)
        page = client.get(url).text
        assert "Nothing is promised yet" not in page
        assert f": {promise.what}" in page

    def test_what_is_taken_back_owes_nothing_and_can_be_opened_again(self, client, case, url):
        make.promise(case, accepted=True)
        withdraw_case(case, statement="It is fine.", by=case.owner, at=timezone.now())
        page = client.get(url).text
        assert "Nothing is owed any more." in page
        assert "It has ended: withdrawn." in page
        assert "It can be opened again until" in page
        assert reverse("case-reopen", args=[case.reference]) in page

    def test_what_is_put_right_says_so_by_whose_word(self, client, case, url, milda):
        follow_up = make.kept(case)
        answer = Answer(verdict=Verdict.YES, how=How.TELEPHONE)
        answer_put_right(follow_up, answer=answer, by=milda, at=timezone.now())
        finished(case, milda)
        page = client.get(url).text
        assert "Put right, by their own word." in page
        assert "Asked whether it is put right" in page
        Case.objects.update(verdict="no-answer")
        assert "Closed. Nothing is left to do." in client.get(url).text

    def test_what_was_put_right_at_once_claims_no_more_than_that(self, client, case, url, milda):
        finished(make.done(case), milda)
        page = client.get(url)
        assert "Put right at once: The tap was replaced." in page.text
        assert "by their own word" not in page.context["ended"]["what"]
        steps = {step.label for step in page.context["rail"]["steps"]}
        assert {"Put right at once", "The cause is counted"} <= steps
        assert not {"Asked whether it is put right", "Kept from happening again"} & steps

    def test_what_they_ask_for_and_what_was_done_stay_to_be_read(self, client, case, url, milda):
        assert "They ask for:" in client.get(url).text
        finished(make.done(case), milda)
        for address in (url, reverse("case-journal", args=[case.reference])):
            page = client.get(address).text
            assert "I want to know who is coming and when." in page
            assert "What was done:</span> The tap was replaced." in page

    def test_what_was_closed_long_ago_is_not_opened_again(self, client, case, url, milda):
        finished(make.done(case), milda)
        Case.objects.update(closed_at=timezone.now() - timedelta(days=91))
        assert reverse("case-reopen", args=[case.reference]) not in client.get(url).text

    def test_what_was_brought_in_waits_for_whoever_takes_it(self, client, milda):
        old = make.case(as_history=True)
        page = client.get(reverse("case", args=[old.reference])).text
        assert "Nothing waits here until somebody takes it." in page


def finished(case, by):
    """Return `case`, put right at once, thanked for, counted and closed."""
    thank(case, by=by, at=timezone.now())
    why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
    return count_and_close(case, why=why, by=by, at=timezone.now())
