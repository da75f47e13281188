import pytest

from amends.cases.actions.thanking import NoThanks, ThankedAlready, pass_on_thanks
from amends.cases.rules.kinds import CaseKind
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Please tell Jonas that he was kind."


@pytest.fixture
def case():
    return make.case(kind=CaseKind.THANKS)


@pytest.fixture
def by(case):
    return case.team.duty_owner


@pytest.mark.requirement("S1-03")
def test_thanks_are_kept_for_whom_they_are_meant(case, by):
    jonas = make.staff("Jonas")
    thanks = pass_on_thanks(case, to=jonas, words=f" {WORDS} ", by=by, at=make.NOW)
    assert (thanks.to, thanks.words, thanks.at) == (jonas, WORDS, make.NOW)
    entry = Entry.objects.get(kind="ThanksPassedOn")
    assert entry.facts["to_id"] == jonas.pk
    assert not OutgoingMail.objects.exists()


def test_thanks_say_something_and_are_passed_on_once(case, by):
    jonas = make.staff("Jonas")
    with pytest.raises(NoThanks):
        pass_on_thanks(case, to=jonas, words="  ", by=by, at=make.NOW)
    pass_on_thanks(case, to=jonas, words=WORDS, by=by, at=make.NOW)
    with pytest.raises(ThankedAlready):
        pass_on_thanks(case, to=jonas, words=WORDS, by=by, at=make.NOW)
