"""What the demonstration has no case of: an answer awaited, a second look, a link, an own layout.

`turn` is called once the demonstration stands; `TURNED` says where each of these pages is.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils import timezone

from amends.cases.actions.arrivals import take_in
from amends.cases.actions.contributing import Hand, name_contribution
from amends.cases.actions.from_portal import ask_for_another_look
from amends.cases.actions.linking import link_cases
from amends.cases.actions.parties import name_party
from amends.cases.actions.proposing import ask_approval
from amends.cases.models.case import Case, CaseLink, PartyOfCase
from amends.cases.models.contributing import Contribution
from amends.cases.models.deciding import Approval, FinalResponse
from amends.cases.models.turns import InternalReview
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import Part
from amends.cases.rules.turns import Linkage
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.actions.holding import keep_holding_rule
from amends.contacts.actions.identities import make_signing_key
from amends.contacts.models import Contact
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.holding import LooksAt, Rule
from amends.people.models import Membership, Occasion
from amends.staff.models import Staff
from amends.staff.queries import may_stand_in_for
from amends.staff.rules.permissions import Role
from amends.standards.actions import Target, ship_profiles, write_standard
from amends.standards.rules.targets import Measure
from tests import make
from tests.belonging import in_two_organisations, with_two_occasions
from tests.cases import hard
from tests.contacts.channels.email.messages import part, parts
from tests.mailboxes import two_mailboxes

LAID_OUT = parts(
    part("text/plain", "It is cold."), part("text/html", "<p>It is <b>cold</b>.</p><img src='https://a.example/1.png'>"),
    kind="alternative",
)  # fmt: skip


def set_standards(manager: Staff) -> None:
    """Write down the law, and a standard of ours."""
    now = timezone.now()
    ship_profiles(at=now)
    target = Target(name="First answer", measure=Measure.FIRST_ANSWER, limit=timedelta(hours=4))
    write_standard("first-answer", target=target, by=manager, at=now)


def turn(milda: Staff, *, one: Case, other: Case) -> None:
    """Link `one` case to the `other`, and let a decision, an approval and a mail be waited for."""
    now = timezone.now()
    link_cases(one, other=other, linkage=Linkage.RELATED, by=milda, at=now)
    for step in ("Reads the meter", "Prints the bill"):
        hand = Hand(step=step, department=milda.department, went_wrong=True)
        name_contribution(one, hand=hand, by=milda, at=now)
    engineer = make.person("Tomas Stulpinas", email="tomas@example.lt")
    name_party(one, part=Part.COMPLAINED_ABOUT, who=engineer, by=milda, at=now)
    assert one.person
    in_two_organisations(one.person, by=milda)
    with_two_occasions(one.person, by=milda)
    with_two_occasions(make.person("Zofia", email="zofia@example.lt"), by=milda)
    arrival, _new = store_arrival(Incoming(source="file", key="2", raw=LAID_OUT), at=now)
    take_in([arrival], at=now)
    asked = hard.option(hard.investigated(milda, person=make.person("Ugnė", email="u@example.lt")))
    ask_approval(asked, reason="Two cold days.", by=milda, at=now)
    told = hard.decided(milda, person=make.person("Viktor", email="v@example.lt")).decision.case
    _look_after_mail(Staff.objects.filter(role=Role.ADMINISTRATOR).earliest("pk"))
    ask_for_another_look(told, words="Ask the neighbour.", by=holder_of(told), at=now)
    for who in [each for each in Staff.objects.order_by("pk") if milda in may_stand_in_for(each)][
        :2
    ]:
        make.absence(who, milda, at=now)


def _look_after_mail(administrator: Staff) -> None:
    """Fetch two mailboxes, hold mail by two rules, and make a key to sign mail with."""
    now = timezone.now()
    two_mailboxes(administrator)
    keep_holding_rule(Rule(LooksAt.SUBJECT, "You have won"), by=administrator, at=now)
    by_header = Rule(LooksAt.HEADER, "add header", "X-Rspamd-Action")
    keep_holding_rule(by_header, by=administrator, at=now)
    make_signing_key(None, by=administrator, at=now)


def _laid_out() -> int:
    return Contact.objects.filter(arrival__key="2").earliest("pk").pk


def _membership() -> Membership:
    return Membership.objects.earliest("pk")


TURNED: Mapping[str, Mapping[str, Callable[[], object]]] = {
    "settings-way-out": {"pk": lambda: 0},
    "away-colleague": {"pk": lambda: Staff.objects.get(email__startswith="milda").pk},
    "settings-mailbox": {"pk": lambda: Mailbox.objects.latest("pk").pk},
    "settings-mailbox-consent": {"pk": lambda: Mailbox.objects.latest("pk").pk},
    "approval-answer": {"pk": lambda: Approval.objects.filter(answered_at=None).earliest("pk").pk},
    "case-review-done": {"reference": lambda: InternalReview.objects.earliest("pk").case.reference},
    "case-no-contribution": {
        "reference": lambda: Contribution.objects.earliest("pk").case.reference,
        "pk": lambda: Contribution.objects.earliest("pk").pk,
    },
    "case-unlink": {
        "reference": lambda: CaseLink.objects.earliest("pk").case.reference,
        "pk": lambda: CaseLink.objects.earliest("pk").pk,
    },
    "case-delivered": {
        "reference": lambda: FinalResponse.objects.earliest("pk").decision.case.reference,
        "pk": lambda: FinalResponse.objects.earliest("pk").pk,
    },
    "case-hear": {
        "reference": lambda: _complained_about().case.reference,
        "pk": lambda: _complained_about().pk,
    },
    "original": {"pk": _laid_out},
    "organisation-details": {"pk": lambda: _membership().organisation_id},
    "organisation-members": {"pk": lambda: _membership().organisation_id},
    "customer-occasion": {"pk": lambda: _membership().member_id},
    "customer-died": {"pk": lambda: _membership().member_id},
    "occasion-greeted": {"pk": lambda: Occasion.objects.earliest("pk").pk},
    "occasion-withdraw": {"pk": lambda: Occasion.objects.earliest("pk").pk},
    "membership-leave": {"pk": lambda: _membership().pk},
    "membership-rejoin": {"pk": lambda: _membership().pk},
}


def _complained_about() -> PartyOfCase:
    return PartyOfCase.objects.filter(part=Part.COMPLAINED_ABOUT).latest("pk")
