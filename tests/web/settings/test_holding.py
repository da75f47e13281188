import pytest

from amends.cases.actions.arrivals import take_in
from amends.cases.models.case import Case
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Arrival
from amends.contacts.models.holding import HoldingRule
from amends.contacts.rules.holding import LooksAt
from amends.contacts.rules.kinds import ArrivalState
from amends.staff.rules.permissions import Role
from amends.web.incoming.reasons import RULES
from amends.web.settings.holding import LOOKS_AT
from tests import make
from tests.contacts.channels.email.messages import mail
from tests.make import NOW

pytestmark = pytest.mark.django_db
URL, HELD = "/settings/unwanted-mail/", "/incoming-mail/"
RSPAMD = {"looks_at": "header", "header": "X-Rspamd-Action", "text": "add header"}


@pytest.fixture
def admin(client):
    make.organisation()
    make.team()
    made = make.staff(role=Role.MANAGER, administers=True)
    client.force_login(made)
    return made


def take(raw: bytes) -> Arrival:
    incoming = Incoming(source="file", key=str(Arrival.objects.count()), raw=raw)
    [arrival] = take_in([store_arrival(incoming, at=NOW)[0]], at=NOW)
    return arrival


@pytest.mark.usefixtures("admin")
def test_an_empty_list_says_what_is_understood_anyway(client):
    page = client.get(URL).text
    assert "There are no rules of your own yet" in page
    assert "X-Spam-Flag" in page


@pytest.mark.usefixtures("admin")
def test_what_a_filter_marks_in_its_own_way_is_held_and_filed_with_a_click(client):
    assert client.post(URL, RSPAMD)["Location"] == URL
    assert "<q>add header</q>" in client.get(URL).text
    arrival = take(mail(X_Rspamd_Action="add header"))
    assert arrival.state == ArrivalState.HELD
    page = client.get(HELD).text
    assert "“add header” stands in its header X-Rspamd-Action." in page
    assert "File it" in page
    client.post(f"{HELD}wanted/", {"pk": [arrival.pk]})
    arrival.refresh_from_db()
    [arrival] = take_in([arrival], at=NOW)
    assert arrival.state == ArrivalState.FILED


@pytest.mark.usefixtures("admin")
def test_an_answer_of_somebody_who_has_a_part_is_never_held(client):
    take(mail())
    client.post(URL, {"looks_at": "domain", "text": "example.lt"})
    case = Case.objects.get()
    answer = mail(Subject=f"Re: {case.reference}", Message_ID="<2@example.lt>")
    assert take(answer).state == ArrivalState.FILED
    assert (
        take(mail(Message_ID="<3@example.lt>", Subject="More")).reason == "rule:domain::example.lt"
    )


@pytest.mark.usefixtures("admin")
def test_a_rule_rests_and_is_used_again(client):
    client.post(URL, RSPAMD)
    turn = f"{URL}{HoldingRule.objects.get().pk}/turn/"
    client.post(turn)
    assert "Use it again" in client.get(URL).text
    assert take(mail(X_Rspamd_Action="add header")).state == ArrivalState.FILED
    client.post(turn)
    assert "Let it rest" in client.get(URL).text


@pytest.mark.usefixtures("admin")
def test_a_rule_that_names_no_header_is_refused_with_the_reason(client):
    refused = client.post(URL, {"looks_at": "header", "text": "yes"})
    assert (refused.status_code, "Name the header" in refused.text) == (422, True)
    assert client.post(URL, {"looks_at": "moon", "text": "x"}).status_code == 422


def test_the_page_costs_the_same_however_many_rules_there_are(
    client, admin, django_assert_max_num_queries
):
    for number in range(12):
        client.post(URL, {"looks_at": "subject", "text": f"offer {number}"})
    with django_assert_max_num_queries(10):
        assert "offer 11" in client.get(URL).text


def test_who_does_not_administer_does_not_see_it(client):
    make.organisation()
    client.force_login(make.staff())
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}1/turn/").status_code == 403


def test_every_rule_has_its_words():
    assert [each for each, _words in LOOKS_AT] == list(LooksAt)
    assert set(RULES) == set(LooksAt)
