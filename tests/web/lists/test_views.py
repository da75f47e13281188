import re
import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.actions.fields import fill_in
from amends.cases.actions.views import Sharing, save_view, share_view
from amends.cases.models.views import PinnedView, SavedView
from amends.cases.queries.views import Tally
from amends.cases.rules.fields import FieldType, Filled
from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import Column, Filter, Look, Match, Order, Shared
from amends.staff.rules.permissions import Role
from amends.web.lists.views import tally_words
from tests import make
from tests.cases.fielded import a_field

pytestmark = pytest.mark.django_db
NEW, ALL = "/views/new/", "/views/"
BUILT = {
    "act": "save",
    "name": "What I see to",
    "filter": ["owner:is", "due:within"],
    "value_0": ["me", "nobody"],
    "value_1": "3",
    "columns": ["due", "state"],
    "order": "due-first",
}


@pytest.fixture
def milda(client):
    make.organisation()
    milda = make.staff("Milda")
    make.team(members=(milda,))
    client.force_login(milda)
    return milda


def a_view(by, look=None, name="Mine"):
    every = Look((), tuple(each.value for each in Column)[:10], Order.NEWEST_FIRST)
    return save_view(None, name=name, look=look or every, by=by, at=make.NOW)


def test_everybody_has_views_from_the_first_day_on(client, milda):
    page = client.get(ALL).text
    assert "You have made none yet" in page
    for shipped in Shipped:
        assert f"/views/{shipped.value}/" in page
        assert client.get(f"/views/{shipped.value}/").status_code == 200
    assert "Angry and unanswered" in page


def test_a_view_shows_its_cases_with_its_columns(client, milda):
    case = make.case(owner=milda)
    field = a_field()
    fill_in(case, values={field.pk: Filled(text="=K-12")}, by=milda, at=make.NOW)
    rest = tuple(each.value for each in Column)[10:]
    first = client.get(f"/views/{a_view(milda).pk}/").text
    view = a_view(milda, Look((), (*rest, f"field-{field.pk}"), Order.NEWEST_FIRST))
    page = client.get(f"/views/{view.pk}/").text
    for each in (first, page):
        assert f'id="{case.reference}"' in each
        assert "1 case" in each
    assert "=K-12" in page
    assert "Contract number" in page
    part = client.get(f"/views/{view.pk}/", headers={"HX-Request": "true"}).text
    assert "<html" not in part


def test_an_empty_view_says_so(client, milda):
    assert "No case is like this now" in client.get("/views/broken/").text


def test_a_view_that_is_not_there_or_not_theirs_is_not_found(client, milda):
    other = a_view(make.staff())
    for name in (str(other.pk), "999999", "9" * 30, "nothing"):
        assert client.get(f"/views/{name}/").status_code == 404
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(ALL).status_code == 403


def test_a_shared_view_shows_to_each_what_they_may_see(client, milda):
    senior = make.staff("Grace", role=Role.SENIOR)
    look = Look((Filter("owner", Match.IS, ("me",)),))
    view = a_view(senior, look, "Everybody's own")
    share_view(view, sharing=Sharing(shared=Shared.ALL), by=senior, at=make.NOW)
    mine, theirs = make.case(owner=milda), make.case(owner=senior)
    page = client.get(f"/views/{view.pk}/").text
    assert "Shared by Grace" in page
    assert mine.reference in page
    assert theirs.reference not in page
    assert "Shared with you" in client.get(ALL).text
    assert client.get(f"/views/{view.pk}/change/").url == f"/views/{view.pk}/copy/"
    assert "Everybody&#x27;s own, copy" in client.get(f"/views/{view.pk}/copy/").text


def test_a_view_is_put_together_without_any_script(client, milda):
    case = make.case()
    page = client.get(NEW).text
    assert "All cases that you may see" in page
    begun = {"act": "add", "more": "owner:is", "columns": ["due"], "order": "due-first"}
    page = client.post(NEW, begun).text
    assert 'name="filter" value="owner:is"' in page
    assert 'value="nobody"' in page
    looked = client.post(NEW, {**BUILT, "act": "look"})
    assert looked.status_code == 200
    assert "1 case" in looked.text
    assert case.reference in looked.text
    assert not SavedView.objects.exists()
    less = client.post(NEW, {**BUILT, "act": "remove-0"}).text
    assert 'owner:is"' not in less.split("<select")[0]
    assert 'name="filter" value="due:within"' in less
    kept = client.post(NEW, BUILT)
    view = SavedView.objects.get()
    assert kept.url == f"/views/{view.pk}/"
    assert view.look.filters == (
        Filter("owner", Match.IS, ("me", "nobody")),
        Filter("due", Match.WITHIN, ("3",)),
    )
    assert case.reference in client.get(kept.url).text


def test_a_view_is_renamed_and_changed(client, milda):
    view = a_view(milda)
    here = f"/views/{view.pk}/change/"
    assert 'value="Mine"' in client.get(here).text
    client.post(here, BUILT)
    view.refresh_from_db()
    assert (view.name, view.columns) == ("What I see to", ["due", "state"])
    client.post(f"/views/{view.pk}/copy/", {**BUILT, "name": "Copy"})
    assert SavedView.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Give the view a name"),
        ({"value_1": "soon"}, "Enter a whole number"),
        ({"value_0": []}, "This field is required"),
        ({"value_0": ["somebody"]}, ""),
        ({"columns": []}, "This field is required"),
        ({"columns": [each.value for each in Column]}, "At most 10 columns"),
        ({"filter": ["field-999:there"]}, "is not offered"),
    ],
)
def test_what_does_not_hold_is_said(client, milda, wrong, said):
    answer = client.post(NEW, {**BUILT, **wrong})
    if said:
        assert answer.status_code == 422
        assert said in answer.text
        assert not SavedView.objects.exists()


def test_every_filter_that_is_offered_can_be_added(client, milda):
    for kind in FieldType:
        a_field(kind.value, kind)
    offered = re.findall(r'<option value="([a-z0-9-]+:[a-z-]+)"', client.get(NEW).text)
    assert len(offered) > 50
    for key in offered:
        begun = {"act": "add", "more": key, "columns": ["due"], "order": "due-first"}
        page = client.post(NEW, begun)
        assert page.status_code == 200
        assert f'name="filter" value="{key}"' in page.text


def test_a_view_is_shared_with_ones_team(client, milda):
    view, team = a_view(milda), milda.teams.get()
    here = f"/views/{view.pk}/share/"
    assert team.name in client.get(here).text
    assert client.post(here, {"shared": "team", "team": team.pk}).url == f"/views/{view.pk}/"
    view.refresh_from_db()
    assert (view.shared, view.team) == ("team", team)
    refused = client.post(here, {"shared": "all"})
    assert refused.status_code == 422
    assert "Only somebody who gives cases to others" in refused.text
    assert client.post(here, {"shared": ""}).status_code == 422
    assert client.get("/views/broken/share/").url == "/views/broken/"


def test_a_view_is_thrown_away_after_it_was_named(client, milda):
    view = a_view(milda, name="Old ones")
    here = f"/views/{view.pk}/throw-away/"
    assert "Throw “Old ones” away?" in client.get(here).text
    client.post(here)
    assert not SavedView.objects.exists()
    assert client.get("/views/broken/throw-away/").url == "/views/broken/"


def test_views_at_hand_stand_beside_the_lists_of_the_inbox(client, milda):
    view = a_view(milda)
    client.post("/views/serious/pin/")
    client.post(f"/views/{view.pk}/pin/")
    assert "Move it forward" in client.get(ALL).text
    client.post(f"/views/{view.pk}/up/")
    page = client.get(reverse("inbox")).text
    assert page.index(f'href="/views/{view.pk}/"') < page.index('href="/views/serious/"')
    assert 'aria-current="page">Mine' in client.get(f"/views/{view.pk}/").text
    client.post("/views/serious/unpin/")
    assert PinnedView.objects.get().view == view


def test_a_view_is_sent_as_csv_that_runs_no_formula(client, milda):
    case = make.case(make.contact("=HYPERLINK(1)", person=make.person("+Ona")), owner=milda)
    view = a_view(milda, name="Šiandien")
    answer = client.get(f"/views/{view.pk}/cases.csv")
    text = b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"].startswith('attachment; filename="siandien-')
    lines = text.splitlines()
    assert lines[0].startswith("\ufeffReference,Customer,What it is about,Due")
    assert lines[1].startswith(f"{case.reference},'+Ona,'=HYPERLINK(1)")


def test_a_file_is_in_the_readers_language(client, milda):
    milda.language = "lt"
    milda.save()
    make.done(make.case(owner=milda))
    answer = client.get(f"/views/{a_view(milda).pk}/cases.csv")
    assert "Reference" not in b"".join(answer.streaming_content).decode().splitlines()[0]


def test_a_view_is_sent_as_a_workbook(client, milda):
    case = make.case(owner=milda)
    answer = client.get(f"/views/{a_view(milda).pk}/cases.xlsx")
    book = zipfile.ZipFile(BytesIO(answer.content))
    assert case.reference in book.read("xl/worksheets/sheet1.xml").decode()


def test_a_file_has_an_end(client, milda, monkeypatch):
    monkeypatch.setattr("amends.web.lists.exporting.MOST_ROWS", 2)
    monkeypatch.setattr("amends.web.lists.exporting.AT_ONCE", 1)
    for _ in range(3):
        make.case(owner=milda)
    answer = client.get(f"/views/{a_view(milda).pk}/cases.csv")
    text = b"".join(answer.streaming_content).decode()
    assert len(text.splitlines()) == 4
    assert "Only the first 2 cases are in this file." in text


def test_an_estimate_is_said_as_one():
    assert tally_words(Tally(1200, is_exact=False)) == "about 1\u00a0200 cases"
    assert tally_words(Tally(1, is_exact=True)) == "1 case"


def test_a_view_takes_as_many_statements_for_many_cases_as_for_few(client, milda):
    field = a_field()
    columns = ("due", "last-contact", "product", "tags", f"field-{field.pk}")
    look = Look((Filter(f"field-{field.pk}", Match.MISSING),), columns)
    view, counts, page = a_view(milda, look), [], client.get("/views/")
    for more in (2, 30):
        for _ in range(more):
            make.case(owner=milda)
        client.get(f"/views/{view.pk}/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/views/{view.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16
    assert "after=" in page.text
    further = re.findall(r'href="([^"]+)" rel="next"', page.text)[0].replace("&amp;", "&")
    assert client.get(further).text.count("<tr id=") == 7
