import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.actions.tags import keep_tag, tag_case
from amends.cases.models.tags import Tag
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
TAGS = "/settings/tags/"


@pytest.fixture
def manager(client):
    make.organisation()
    made = make.staff(role=Role.MANAGER)
    client.force_login(made)
    return made


def kept(by, name):
    return keep_tag(None, names={"en": name}, by=by, at=make.NOW)


@pytest.mark.usefixtures("manager")
def test_an_empty_list_says_how_to_begin(client):
    assert "There are no tags yet" in client.get(TAGS).text


@pytest.mark.usefixtures("manager")
def test_a_tag_is_written_down_in_two_languages_and_corrected(client):
    told = {"name_en": "Billing", "name_lt": "Sąskaitos"}
    assert client.post(f"{TAGS}new/", told)["Location"] == TAGS
    tag = Tag.objects.get()
    url = reverse("settings-tag", args=[tag.pk])
    assert "Sąskaitos" in client.get(url).text
    client.post(url, {"name_en": "Bills"})
    tag.refresh_from_db()
    assert tag.name == {"en": "Bills"}


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(("name", "said"), [("", "at least one language"), ("b" * 41, "most 40")])
def test_a_name_that_cannot_be_is_refused_with_the_reason(client, name, said):
    refused = client.post(f"{TAGS}new/", {"name_en": name})
    assert refused.status_code == 422
    assert said in refused.text


def test_one_is_taken_out_and_offered_again(client, manager):
    url = reverse("settings-tag-retire", args=[kept(manager, "Billing").pk])
    client.post(url)
    assert "not offered any more" in client.get(TAGS).text
    client.post(url)
    assert "not offered any more" not in client.get(TAGS).text


def test_two_are_made_one_and_parted(client, manager):
    one, two = kept(manager, "Bills"), kept(manager, "Billing")
    url = reverse("settings-tag-join", args=[one.pk])
    assert "Two that mean the same" in client.get(reverse("settings-tag", args=[one.pk])).text
    client.post(url, {"into": "no number"})
    assert "one with" not in client.get(TAGS).text
    client.post(url, {"into": two.pk})
    assert "one with “Billing”" in client.get(TAGS).text
    client.post(url)
    assert "one with" not in client.get(TAGS).text


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_only_who_decides_it_sees_it(client, path):
    client.force_login(make.staff())
    assert client.get(TAGS + path).status_code == 403


class TestOnACase:
    @pytest.fixture
    def case(self, manager):
        return make.case(owner=manager)

    def test_they_are_set_by_ticks_and_shown_on_the_case_and_in_its_list(
        self, client, manager, case
    ):
        tag = kept(manager, "Billing")
        url = reverse("case-tags", args=[case.reference])
        assert "never describes" in client.get(url).text
        assert client.post(url, {"tags": [tag.pk]}).status_code == 302
        shown = '<span class="tag">Billing</span>'
        assert shown in client.get(reverse("case", args=[case.reference])).text
        assert shown in client.get(reverse("inbox")).text

    @pytest.mark.usefixtures("manager")
    def test_without_a_list_it_says_who_keeps_it(self, client, case):
        assert (
            "A manager keeps the list"
            in client.get(reverse("case-tags", args=[case.reference])).text
        )

    @pytest.mark.usefixtures("manager")
    @pytest.mark.parametrize("tags", [["999999"], ["x"], ["1'; --"], ["9" * 30]])
    def test_what_is_no_tag_is_refused(self, client, case, tags):
        url = reverse("case-tags", args=[case.reference])
        assert client.post(url, {"tags": tags}).status_code == 422
        case.refresh_from_db()
        assert case.tags == []

    def test_a_list_of_any_length_asks_once_what_its_tags_are_called(
        self, client, manager, django_assert_num_queries
    ):
        tag = kept(manager, "Billing")
        first = make.case(owner=manager)
        tag_case(first, tag=tag, by=manager, at=make.NOW)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("inbox"))
        for n in range(20):
            more = make.case(make.contact(f"Matter {n}."), owner=manager)
            tag_case(more, tag=tag, by=manager, at=make.NOW)
        with django_assert_num_queries(len(asked)):
            assert client.get(reverse("inbox")).text.count('class="tag"') == 21
