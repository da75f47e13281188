"""What helped: a page in aggregate, the ticks on the cards, and the file."""

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.coach.actions import follow_advice, read_contact
from amends.coach.models import CardAtHand
from amends.coach.rules import CARDS, Advice
from amends.staff.rules.permissions import Role
from amends.web.coach.cards import of_key
from tests import make
from tests.web.sheet.filling import URL as SHEET
from tests.web.sheet.filling import address, filled

pytestmark = pytest.mark.django_db
URL, CSV = "/what-helped/", "/what-helped/as.csv"
DID = frozenset({Advice.DID})
TEXT = "My refund never came. I am furious, you idiots. I want my money back."


@pytest.fixture
def milda(client):
    make.organisation()
    agent = make.staff("Milda Jankauskaitė")
    make.team(members=(agent,))
    client.force_login(agent)
    return agent


def met(by, times, *, start, end, followed, card="slowing"):
    for _each in range(times):
        contact = make.contact(by=by, mood_start=start, mood_end=end)
        case = make.case(contact, owner=by)
        follow_advice(case, contact=contact, card=card, followed=followed, by=by, at=timezone.now())


def test_nothing_at_hand_yet_is_said(client, milda):
    assert "No advice was at hand yet" in client.get(URL).text
    assert client.get(CSV).text.count("\n") == 1


def test_few_contacts_are_not_shown(client, milda):
    met(milda, 6, start=3, end=1, followed=DID)
    page = client.get(URL).text
    assert "6 of 6" in page
    assert "too few to show" in page
    assert "Too few to say" in page
    assert "Milda" not in page.split("<main")[1]


def test_what_helped_is_told_with_its_bounds_and_no_name(client, milda):
    for colleague in (milda, make.staff("Jonas"), make.staff("Grace")):
        met(colleague, 4, start=3, end=1, followed=DID)
        met(colleague, 4, start=2, end=2, followed=frozenset())
        met(colleague, 4, start=2, end=2, followed=DID, card="cooling")
        met(colleague, 4, start=2, end=1, followed=frozenset(), card="cooling")
        met(colleague, 4, start=2, end=1, followed=frozenset({*Advice}), card="coping")
        met(colleague, 4, start=2, end=1, followed=frozenset(), card="coping")
    page = client.get(URL).text
    for said in (
        "More were calmer with it",
        "Fewer were calmer with it",
        "No difference can be told",
        "no proof of cause",
        "between 76% and 100%",
        "12 of 12 contacts",
        "Said the sentence of the card",
    ):
        assert said in page
    assert not [name for name in ("Jonas", "Grace") if name in page]
    [_head, *lines] = client.get(CSV).text.strip().splitlines()
    assert len(lines) == 6
    assert next(line for line in lines if line.startswith("Slowing") or ",12,12," in line)


def test_the_page_costs_the_same_however_much_there_is(
    client, milda, django_assert_max_num_queries
):
    for card in CARDS:
        met(milda, 1, start=3, end=1, followed=DID, card=card)
    with django_assert_max_num_queries(8):
        client.get(URL)


def test_who_only_asks_inside_does_not_see_it(client):
    client.force_login(make.staff(role=Role.EMPLOYEE))
    assert client.get(URL).status_code == 403
    assert client.get(CSV).status_code == 403


def test_every_card_has_its_words():
    assert all(of_key(card).do for card in CARDS)


@pytest.mark.requirement("S3-60")
def test_the_sheet_keeps_which_cards_were_at_hand_and_what_was_done(client, milda):
    told = {"moods": "3:4,60:3,200:1", "did_slowing": "on", "said_slowing": "on"}
    client.post(SHEET, filled(**told, manner_angry="on", said_coping="on"))
    kept = {one.card: (one.did, one.said) for one in CardAtHand.objects.all()}
    assert kept == {
        "outburst": (False, False),
        "slowing": (True, True),
        "cooling": (False, False),
        "angry": (False, False),
        "coping": (False, True),
    }
    client.post(SHEET, filled(**told))
    assert CardAtHand.objects.count() == 5


def test_a_letter_has_no_card_at_hand(client, milda):
    client.post(SHEET, filled("note", channel="letter", did_slowing="on"))
    assert client.get(SHEET).url == address("sheet-in-hand")
    assert not CardAtHand.objects.exists()


def test_the_ticks_stand_on_the_cards_of_the_sheet(client, milda):
    page = client.get(SHEET).text
    assert all(f'name="did_{card}"' in page for card in CARDS)


@pytest.fixture
def case(milda):
    case = make.case(make.contact(TEXT, person=make.person()), owner=milda)
    read_contact(case.case_contacts.get().contact, case=case, at=make.NOW)
    return case


def test_on_a_case_one_click_says_that_it_was_done_and_one_takes_it_back(client, case):
    contact = case.case_contacts.get().contact
    url = reverse("case-followed", args=[case.reference, contact.pk])
    assert url in client.get(reverse("case-read", args=[case.reference])).text
    said = {"card": "outburst", "toggle": "did"}
    assert client.post(url, said).status_code == 302
    part = client.post(url, {**said, "toggle": "said"}, headers={"HX-Request": "true"}).text
    assert part.count('aria-pressed="true"') == 2
    client.post(url, said)
    kept = CardAtHand.objects.get()
    assert (kept.card, kept.did, kept.said) == ("outburst", False, True)


def test_what_is_no_advice_is_turned_away(client, case):
    contact = case.case_contacts.get().contact
    url = reverse("case-followed", args=[case.reference, contact.pk])
    assert client.post(url, {"card": "outburst", "toggle": "sang"}).status_code == 404
    refused = client.post(url, {"card": "a poem", "toggle": "did"}, follow=True)
    assert "There is no such advice" in refused.text
    elsewhere = reverse("case-followed", args=[make.case(owner=None).reference, contact.pk])
    assert client.post(elsewhere, {"card": "outburst", "toggle": "did"}).status_code == 404
