"""Each of the fifteen things that customers expect can be said to be broken by what is found."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from amends.cases.actions.clarifying import set_need_by
from amends.cases.queries.facts import due_facts
from amends.cases.rules.findings import Expectation
from amends.contacts.models import MannerShown
from amends.contacts.rules.kinds import Manner
from amends.web.words import word
from tests import make
from tests.cases.actions.seen import again

pytestmark = pytest.mark.django_db
FOUND = {
    "what_happened": "Nobody called back.",
    "should_have_happened": "We call within the hour.",
    "validity": "upheld",
    "reasons": "Our own log shows it.",
}
LANGUAGES = ("en", "lt", "pl", "ru", "sq")


@pytest.mark.parametrize(
    ("expectation", "says"),
    [
        pytest.param(
            Expectation.PROFESSIONALISM, "professionalism", marks=pytest.mark.requirement("S4-42")
        ),
        pytest.param(Expectation.CARE, "care", marks=pytest.mark.requirement("S4-43")),
        pytest.param(Expectation.HONESTY, "honesty", marks=pytest.mark.requirement("S4-44")),
        pytest.param(Expectation.POLITENESS, "politeness", marks=pytest.mark.requirement("S4-45")),
        pytest.param(
            Expectation.INFORMATION, "information", marks=pytest.mark.requirement("S4-46")
        ),
        pytest.param(
            Expectation.SUPPORT, "support and help", marks=pytest.mark.requirement("S4-47")
        ),
        pytest.param(
            Expectation.CHEERFULNESS, "cheerfulness", marks=pytest.mark.requirement("S4-48")
        ),
        pytest.param(
            Expectation.AVAILABILITY,
            "that what they need is there",
            marks=pytest.mark.requirement("S4-49"),
        ),
        pytest.param(Expectation.NO_FUSS, "no fuss", marks=pytest.mark.requirement("S4-50")),
        pytest.param(Expectation.EFFICIENCY, "efficiency", marks=pytest.mark.requirement("S4-51")),
        pytest.param(Expectation.QUALITY, "high quality", marks=pytest.mark.requirement("S4-52")),
        pytest.param(Expectation.SPEED, "speed of service", marks=pytest.mark.requirement("S4-53")),
        pytest.param(Expectation.ATTENTION, "attention", marks=pytest.mark.requirement("S4-54")),
        pytest.param(Expectation.RESPECT, "respect", marks=pytest.mark.requirement("S4-55")),
        pytest.param(
            Expectation.RESPONSIVENESS,
            "an ear for their needs",
            marks=pytest.mark.requirement("S4-56"),
        ),
    ],
)
def test_what_a_customer_expected_is_chosen_at_the_issue_and_said_in_the_finding(
    client, expectation, says
):
    owner = make.staff()
    client.force_login(owner)
    issue = make.case(owner=owner).issues.get()
    found = {**FOUND, "broken": [expectation.value]}
    address = reverse("case-finding", args=[issue.case.reference, issue.pk])
    assert says in client.get(address).text
    assert client.post(address, found).status_code == 302
    assert again(issue).broken == [expectation.value]
    page = client.get(reverse("case-investigation", args=[issue.case.reference])).text
    assert f"Broken: {says}" in page
    assert len({_said_in(language, expectation) for language in LANGUAGES}) == len(LANGUAGES)


def _said_in(language: str, expectation: Expectation) -> str:
    with translation.override(language):
        return str(word(expectation))


@pytest.mark.requirement("S1-02", "S3-85")
def test_who_behaves_badly_is_answered_by_the_same_moments():
    kind, rude = (make.case(make.contact(person=make.person())) for _each in range(2))
    MannerShown.objects.create(
        contact=rude.case_contacts.get().contact,
        manner=Manner.OFFENSIVE,
        noted_by=rude.team.duty_owner,
        noted_at=make.NOW,
        expires_at=make.NOW + timedelta(days=90),
    )
    assert due_facts(kind) == due_facts(rude)
    assert (again(kind).next_due, again(kind).next_due_at) == (rude.next_due, rude.next_due_at)


@pytest.mark.requirement("S3-58")
@pytest.mark.parametrize("manner", [Manner.DEMANDING, Manner.OFFENSIVE, Manner.ANGRY])
def test_who_is_loud_comes_no_earlier_but_who_says_why_does(manner):
    calm = make.case(make.contact(person=make.person(), mood_start=0, mood_end=0))
    words = "I DEMAND AN ANSWER NOW!!! NOW!!!"
    loud = make.case(make.contact(words, person=make.person(), mood_start=4, mood_end=4))
    MannerShown.objects.create(
        contact=loud.case_contacts.get().contact,
        manner=manner,
        noted_by=loud.team.duty_owner,
        noted_at=make.NOW,
        expires_at=make.NOW + timedelta(days=90),
    )
    assert again(loud).next_due_at == again(calm).next_due_at
    needed = make.NOW + timedelta(hours=1)
    by = calm.team.duty_owner
    set_need_by(calm, need_by=needed, reason="A baby sleeps there.", by=by, at=make.NOW)
    assert again(calm).next_due_at == needed < again(loud).next_due_at
