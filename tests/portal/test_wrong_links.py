import pytest
from django.utils import timezone, translation

from amends.cases.actions.from_portal import add_words
from amends.cases.models.case import Case
from amends.cases.queries.links import holder_of, token_of
from amends.contacts.actions.attachments import Upload
from amends.portal.http import public
from tests import make
from tests.portal.behind_the_link import promised, url

pytestmark = pytest.mark.django_db


class TestAWrongLink:
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda token: token[:-1],
            lambda token: token.partition(".")[0],
            lambda _token: "nothing",
            lambda token: f"{token}x",
            lambda _token: "C-222-2222.AAAAAAAAAAAAAAAAAAAAAA",
        ],
        ids=["cut off", "reference alone", "nothing", "tampered", "of no case"],
    )
    @pytest.mark.parametrize("way", ["/c/{}/", "/c/en/{}/", "/c/en/{}/words/", "/c/en/{}/add/"])
    def test_it_is_answered_by_one_sentence_and_what_to_do(self, customer, case, spoil, way):
        response = customer.get(way.format(spoil(token_of(case))))
        assert response.status_code == 404
        assert "This address leads nowhere" in response.text
        assert "Inga Ramanauskaitė" not in response.text

    def test_an_old_link_is_answered_like_any_other_wrong_one(self, customer, case):
        old = url(case)
        Case.objects.filter(pk=case.pk).update(link_version=2)
        assert customer.get(old).status_code == 404

    def test_a_link_opens_no_promise_and_no_file_of_another_case(self, customer, case):
        other = make.case(make.contact(person=make.person()), owner=case.owner)
        theirs = promised(other)
        told = add_words(
            other,
            words="See.",
            uploads=[Upload("a.txt", b"a")],
            by=holder_of(other),
            at=timezone.now(),
        )
        for address in (
            url(case, "agree", theirs.pk),
            url(case, "another-day", theirs.pk),
            url(case, "slip", theirs.pk),
            url(case, "file", told.attachments.get().pk),
        ):
            assert customer.get(address).status_code == 404


def test_a_mistake_of_ours_is_told_in_the_language_of_the_page(rf):
    make.organisation()

    @public
    def broken(_request, language):
        raise ZeroDivisionError(language)

    with translation.override("en"):
        with pytest.raises(ZeroDivisionError):
            broken(rf.get("/"), language="lt")
        assert translation.get_language() == "lt"
