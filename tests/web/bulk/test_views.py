"""The same done to many cases: chosen, looked at, done, undone; whole and in part."""

import pytest
from django.urls import reverse

from amends.cases.actions.ownership import assign_case
from amends.cases.actions.tags import keep_tag
from amends.cases.actions.views import save_view
from amends.cases.models.bulk import BulkRun
from amends.cases.queries import bulk
from amends.cases.rules.bulk import Phase
from amends.cases.rules.views import Filter, Look, Match
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BULK = "/bulk/"
MOST_STATEMENTS = 9


@pytest.fixture
def senior(client):
    colleague = make.staff("Aldona Senior", role=Role.SENIOR)
    make.team(members=(colleague,))
    client.force_login(colleague)
    return colleague


@pytest.fixture
def cases(senior):
    return [make.case(make.contact(f"Matter {n}."), owner=senior) for n in range(3)]


def asked(cases, act, **more):
    return {"case": [case.reference for case in cases], "act": act, "key": "k", **more}


def tried(client, cases, act, **more):
    """Return the address of the page that says what would happen."""
    return client.post(BULK, asked(cases, act, **more))["Location"]


def test_the_list_offers_what_the_reader_may_do(client, senior, cases):
    page = client.get(reverse("inbox"))
    assert [act for act, _word in page.context["bulk_acts"]][:2] == ["assign", "team"]
    assert page.text.count('form="choose"') == len(cases)
    client.force_login(make.staff(role=Role.AUDITOR))
    assert 'form="choose"' not in client.get(reverse("inbox"), {"which": "all"}).text


@pytest.mark.usefixtures("senior")
@pytest.mark.parametrize(
    ("act", "field"),
    [
        ("assign", "to"),
        ("team", "team"),
        ("tag", "tag"),
        ("untag", "tag"),
        ("snooze", "reason"),
        ("merge", "into"),
        ("link", "linkage"),
    ],
)
def test_each_act_asks_what_it_needs(client, cases, act, field):
    page = client.get(BULK, asked(cases, act))
    assert "3 cases are chosen." in page.text
    assert f'name="{field}"' in page.text
    assert client.post(BULK, asked(cases, act)).status_code == 422


def test_it_is_looked_at_done_and_undone(client, senior, cases):
    to = make.staff("Jonas", role=Role.SENIOR)
    run = tried(client, cases, "assign", to=to.pk)
    assert "It will be done to 3 cases. Nothing has been changed yet." in client.get(run).text
    begin = reverse("bulk-begin", args=[BulkRun.objects.get().pk])
    client.post(begin)
    client.post(begin)
    page = client.get(run)
    assert "Done to 3 cases." in page.text
    assert "Can be undone until" in page.text
    undo = reverse("bulk-undo", args=[BulkRun.objects.get().pk])
    client.post(undo)
    assert "Undone on 3 cases." in client.get(run).text
    cases[0].refresh_from_db()
    assert cases[0].owner == senior


@pytest.mark.usefixtures("senior")
def test_a_refusal_names_each_guard(client, cases):
    text = client.get(tried(client, cases, "close")).text
    assert "Refused" in text
    assert "cannot be closed yet" in text
    assert "Something stands against every one of them." in text
    assert '<ul class="plain small">' in text
    assert "Do it to" not in text


def test_some_are_done_and_some_refused(client, senior, cases):
    to = make.staff()
    assign_case(cases[0], to=to, by=senior, at=make.NOW)
    text = client.get(tried(client, cases, "assign", to=to.pk)).text
    assert "It will be done to 2 cases." in text
    assert "Something stands against 1." in text


def test_a_whole_list_is_chosen_as_it_stands(client, senior, cases):
    make.case(owner=make.staff())
    page = client.get(BULK, {"which": "mine", "all": "1", "act": "close"})
    assert "3 cases are chosen." in page.text
    told = {"which": "mine", "all": "1", "act": "close", "key": "k"}
    client.post(BULK, told)
    assert BulkRun.objects.get().items.count() == len(cases)


@pytest.mark.usefixtures("senior")
def test_two_tabs_with_one_form_begin_one_run(client, cases):
    first, second = (tried(client, cases, "close") for _twice in range(2))
    assert first == second


@pytest.mark.usefixtures("senior", "cases")
def test_nothing_chosen_leads_back_and_says_so(client):
    for told in ({}, {"act": "close"}, {"act": "burn", "case": ["x"]}):
        assert client.get(BULK, told, follow=True).text.count("Choose at least one case") == 1


def test_what_one_may_not_do_is_not_offered_by_address_either(client, cases):
    client.force_login(make.staff())
    page = client.get(BULK, asked(cases, "assign"), follow=True)
    assert "Choose at least one case" in page.text


@pytest.mark.usefixtures("senior")
def test_a_case_that_is_none_is_said_at_the_field(client, cases):
    told = asked(cases, "merge", into="C-000-0000", reason="Same.")
    assert "There is no case of this reference." in client.post(BULK, told).text


@pytest.mark.usefixtures("senior")
def test_snoozing_asks_for_the_moment_and_each_case_for_its_own(client, cases):
    told = {"when": "other", "reason": "Ordered."}
    assert "Choose the day and the hour." in client.post(BULK, asked(cases, "snooze", **told)).text
    page = client.get(BULK, asked(cases, "snooze"))
    when = page.context["form"].fields["when"].choices[0][0]
    assert (
        "Something is due"
        in client.get(tried(client, cases, "snooze", when=when, reason="Ordered.")).text
    )


def test_a_tag_is_set_and_linked_and_joined(client, senior, cases):
    tag = keep_tag(None, names={"en": "A"}, by=make.staff(role=Role.MANAGER), at=make.NOW)
    assert "3 cases" in client.get(tried(client, cases, "tag", tag=tag.pk)).text
    into = cases[0].reference
    for key, told in (("b", {"linkage": "related"}), ("c", {"reason": "Same."})):
        act = "link" if key == "b" else "merge"
        url = tried(client, cases, act, into=into, **{"key": key, **told})
        assert "Name another case: this is the one you are at." in client.get(url).text


def test_more_than_can_be_awaited_go_on_by_themselves(client, senior):
    for n in range(51):
        make.case(make.contact(f"Matter {n}."), owner=senior)
    told = {"which": "mine", "all": "1", "act": "close", "key": "k"}
    url = client.post(BULK, told)["Location"]
    page = client.get(url)
    assert 'hx-trigger="every 1s"' in page.text
    assert "0 / 51" in page.text
    assert BulkRun.objects.get().phase == Phase.PREVIEWING
    part = client.get(url, headers=HTMX)
    assert "<html" not in part.text


def test_a_run_takes_few_statements(client, senior, django_assert_max_num_queries):
    cases = [make.case(make.contact(f"Matter {n}."), owner=senior) for n in range(20)]
    url = tried(client, cases, "assign", to=make.staff().pk)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        assert client.get(url).text.count('class="subject"') == 20


def test_it_is_nobody_elses(client, cases):
    url = tried(client, cases, "close")
    pk = BulkRun.objects.get().pk
    client.force_login(make.staff(role=Role.SENIOR))
    assert client.get(url).status_code == 404
    for name in ("bulk-begin", "bulk-undo"):
        assert client.post(reverse(name, args=[pk])).status_code == 404


@pytest.mark.usefixtures("senior")
def test_what_is_not_done_cannot_be_undone(client, cases):
    url = tried(client, cases, "close")
    undo = reverse("bulk-undo", args=[BulkRun.objects.get().pk])
    assert "these are over" in client.post(undo, follow=True).text
    assert client.get(undo).status_code == 405
    assert "Undo it" not in client.get(url).text


def test_who_works_on_no_cases_and_a_stranger_stay_outside(client):
    assert client.get(BULK).status_code == 302
    client.force_login(make.staff(role=Role.AUDITOR))
    assert client.get(BULK).status_code == 403


class TestAView:
    def test_all_of_it_is_chosen_as_it_shows_them_to_the_reader(self, client, senior, cases):
        make.case(owner=make.staff())
        look = Look((Filter("owner", Match.IS, ("me",)),))
        view = save_view(None, name="Mine", look=look, by=senior, at=make.NOW)
        page = client.get(reverse("view", args=[view.pk]))
        assert f'name="view" value="{view.pk}"' in page.text
        chosen = client.get(BULK, {"view": view.pk, "all": "1", "act": "close"})
        assert "3 cases are chosen." in chosen.text
        client.post(BULK, {"view": view.pk, "all": "1", "act": "close", "key": "v"})
        assert BulkRun.objects.get().items.count() == len(cases)

    @pytest.mark.usefixtures("senior", "cases")
    @pytest.mark.parametrize("view", ["999", "x", "9" * 30])
    def test_one_that_is_not_there_has_no_page(self, client, view):
        assert client.get(BULK, {"view": view, "all": "1", "act": "close"}).status_code == 404


def test_a_long_list_goes_on_where_its_page_ended(client, senior, cases, monkeypatch):
    monkeypatch.setattr(bulk, "SHOWN", 1)
    run = tried(client, cases, "assign", to=make.staff("Jonas", role=Role.SENIOR).pk)
    first = client.get(run)
    (group,) = first.context["groups"]
    assert group.more == "and 2 more"
    assert group.next_url.replace("&", "&amp;") in first.text
    second = client.get(group.next_url)
    (group,) = second.context["groups"]
    assert [row.url for row in group.rows] == [reverse("case", args=[cases[1].reference])]
    assert group.more == "and 1 more"
    assert reverse("bulk-run", args=[BulkRun.objects.get().pk]) in second.text
    last = client.get(group.next_url)
    assert [row.url for row in last.context["groups"][0].rows] == [
        reverse("case", args=[cases[2].reference])
    ]
    assert last.context["groups"][0].next_url == ""


@pytest.mark.parametrize("asked", ["?fate=ready&after=x", "?fate=x&after=1", "?fate=done&after=9"])
def test_a_place_that_there_is_not_shows_what_there_is(client, senior, cases, asked):
    run = tried(client, cases, "assign", to=make.staff("Jonas", role=Role.SENIOR).pk)
    assert client.get(run + asked).status_code == 200
