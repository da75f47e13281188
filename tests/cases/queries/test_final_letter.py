"""The final letter: what stands in it, in which order, and that its paper says the same."""

import io
import struct
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from amends.base.typesetting import pictured, typeset
from amends.cases.actions.deciding import Said, write_decision
from amends.cases.actions.evidence import agree_on
from amends.cases.actions.rights import BodyFacts, keep_body
from amends.cases.models.case import Case, Issue
from amends.cases.models.deciding import Decision, Option, OutsideBody, Remedy
from amends.cases.queries.final_letter import PAPER, Drafted, final_letter_of
from amends.cases.rules.final_letter import FinalLetter, as_facts, as_text
from amends.cases.rules.gate import Gap
from amends.cases.rules.kinds import Outcome
from amends.people.actions.points import add_contact_point
from amends.people.rules.kinds import PointKind
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases import hard

pytestmark = pytest.mark.django_db

# What a colleague writes in each of the five languages, with the letters that are hard to set.
WRITTEN = {
    "en": (
        "The pump stood still for two days.",
        "We look at it within four hours.",
        "We are sorry that you were cold.",
    ),
    "ru": (
        "Насос стоял два дня, и никто вам не перезвонил.",
        "Мы должны были приехать за четыре часа — ёлки, объём, съезд.",
        "Нам очень жаль, что вы и ваши дети мёрзли.",
    ),
    "pl": (
        "Pompa stała przez dwa dni i nikt nie oddzwonił: zażółć gęślą jaźń.",
        "Powinniśmy byli przyjechać w ciągu czterech godzin.",
        "Bardzo przepraszamy, że było Państwu zimno.",
    ),
    "sq": (
        "Pompa qëndroi e fikur për dy ditë dhe askush nuk ju telefonoi.",
        "Duhej të kishim ardhur brenda katër orëve, çdo herë.",
        "Na vjen shumë keq që ju dhe fëmijët tuaj kishit ftohtë.",
    ),
    "lt": (
        "Siurblys dvi dienas stovėjo, ir niekas jums nepaskambino: ąčęėįšųūž.",
        "Turėjome atvykti per keturias valandas.",
        "Labai atsiprašome, kad jums ir jūsų vaikams buvo šalta.",
    ),
}

# A page on which nothing is drawn takes less.
BLANK = 20_000


@pytest.fixture
def owner():
    made = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(made,))
    return made


@pytest.fixture
def case(owner):
    return hard.written(owner)


def letter_of(case: Case) -> FinalLetter:
    return drafted(case).letter


def drafted(case: Case) -> Drafted:
    draft = Decision.objects.select_related(
        "case__person", "case__team", "proposal__option", "decider__department"
    ).get(case=case)
    return final_letter_of(draft, at=hard.NOW)


def in_language(case: Case, language: str, by: Staff) -> None:
    """Let all that is written for the customer of `case` be in `language`."""
    happened, should, sorry = WRITTEN[language]
    Case.objects.filter(pk=case.pk).update(language=language)
    Issue.objects.filter(case=case).update(
        what_happened=happened, should_have_happened=should, reasons=happened
    )
    Option.objects.filter(case=case).update(what=should)
    Remedy.objects.filter(option__case=case).update(what=should)
    said = Said(reasons=happened, apology=sorry, changes=should)
    write_decision(case, said=said, by=by, at=hard.NOW)


def pieces(letter: FinalLetter) -> list[str]:
    """Return all that the letter says, in its order."""
    said = [*letter.sender, *letter.receiver, letter.day, letter.subject, letter.greeting]
    for part in letter.parts:
        said += [part.title, *part.paragraphs, *(text for pair in part.pairs for text in pair)]
        said += part.points
    return [*said, letter.regards, *letter.signature]


def bare(text: str) -> str:
    """Return `text` without what only sets it: spaces, bullets, hyphens at line ends."""
    return "".join(text.replace("•", "").replace("\xad", "").split())


class TestWhatItSays:
    @pytest.mark.requirement("S3-39")
    def test_it_begins_with_what_both_agree_on(self, case, owner):
        agree_on(case, text="It was cold for two days.", by=owner, at=hard.NOW)
        titles = [part.title for part in letter_of(case).parts if part.title]
        assert titles[0] == "What we agree on"

    @pytest.mark.requirement("S1-14", "S4-37")
    def test_it_sets_what_was_expected_beside_what_is_done(self, case):
        pairs = next(part.pairs for part in letter_of(case).parts if "expected" in part.title)
        assert pairs == (
            ("You expected", "I want to know who is coming and when."),
            ("What we do", "We mend the pump and pay part of it back."),
        )

    @pytest.mark.requirement("S0-02", "S4-40")
    def test_three_issues_get_three_findings_in_one_letter(self, case):
        for n in range(2):
            one = hard.issue(case, f"Thing {n}.")
            one.what_happened, one.should_have_happened = f"It was {n}.", f"It is not {n}."
            one.validity, one.reasons = Outcome.NOT_UPHELD, f"The log says {n}."
            one.save()
        text = as_text(letter_of(case))
        assert "1. IT WENT COLD AGAIN" in text
        assert "3. THING 1." in text
        assert "We see it differently, and say why. The log says 1." in text

    @pytest.mark.requirement("S4-08")
    def test_an_apology_is_no_admission(self, case, owner):
        admission = "This was our mistake, and we answer for it."
        assert admission in as_text(letter_of(case))
        write_decision(case, said=replace(hard.SAID, admits=False), by=owner, at=hard.NOW)
        text = as_text(letter_of(case))
        assert admission not in text
        assert "We are sorry that you and your children were cold." in text

    @pytest.mark.requirement("S4-13", "S4-20", "S0-15")
    def test_it_names_the_customer_the_author_each_sum_and_day_and_thanks(self, case):
        text = as_text(letter_of(case)).replace("\xa0", " ")
        assert text.startswith("Dear Ms Petrauskienė,")
        assert "Part of the bill, to your account: 49 €, by Wednesday 1 April" in text
        assert "Inga Ramanauskaitė sees to it." in text
        assert "Thank you for telling us." in text

    def test_another_person_looks_again_or_the_letter_says_that_there_is_none(self, case, owner):
        assert "Another person here, who has not decided it" in as_text(letter_of(case))
        Staff.objects.exclude(pk=owner.pk).update(is_active=False)
        assert "it will be the same person" in as_text(letter_of(case))

    def test_the_letter_goes_to_the_address_that_we_know(self, case, owner):
        where = "Pilies 7, Vilnius"
        add_contact_point(case.person, kind=PointKind.POSTAL, value=where, by=owner, at=hard.NOW)
        assert letter_of(case).receiver == ("Rūta Petrauskienė", "Pilies 7", "Vilnius")


class TestRights:
    def kept(self, **facts: object) -> OutsideBody:
        known = {
            "country": "LT",
            "name": {"en": "Consumer authority"},
            "address": {"en": "Vilniaus 25, Vilnius"},
            "link": "https://consumers.example/",
            "within": 1,
            "within_unit": "years",
            "source": "Their page",
            "checked_on": date(2026, 3, 1),
            "active": True,
        }
        manager = make.staff(role=Role.MANAGER)
        told = BodyFacts(**{**known, **facts})  # type: ignore[arg-type] # a test says which
        return keep_body(None, facts=told, by=manager, at=hard.NOW)

    def points(self, case: Case) -> tuple[str, ...]:
        return next(part for part in letter_of(case).parts if "do not agree" in part.title).points

    def test_it_names_the_bodies_of_our_country_and_trade_with_address_link_and_time(self, case):
        self.kept()
        self.kept(country="PL", name={"en": "Elsewhere"})
        self.kept(trade="bank", name={"en": "For banks"})
        self.kept(active=False, name={"en": "Not checked"})
        assert self.points(case) == (
            (
                "Consumer authority, Vilniaus 25, Vilnius, https://consumers.example/. "
                "Time to do so, from our answer: 1 year."
            ),
        )

    def test_what_is_missing_of_a_body_is_a_gap(self, case):
        self.kept(address={}, within=None)
        assert drafted(case).gaps == (Gap.BODY_UNREACHABLE, Gap.BODY_WITHOUT_DEADLINE)

    def test_until_one_is_kept_it_says_what_the_house_says(self, case):
        assert self.points(case) == ("State consumer office, Vilniaus 25, Vilnius, within a year",)


@pytest.mark.parametrize("language", WRITTEN)
class TestPaper:
    def test_the_paper_says_what_the_mail_says_in_its_order(self, case, owner, language):
        in_language(case, language, owner)
        letter = letter_of(case)
        pages = PdfReader(io.BytesIO(typeset(PAPER, as_facts(letter)))).pages
        assert 1 <= len(pages) <= 3
        paper = bare("\n".join(page.extract_text() for page in pages))
        missing = [said for said in pieces(letter) if bare(said) not in paper]
        assert [said for said in missing if not crosses_a_page(bare(said), paper)] == []

    def test_every_page_is_drawn(self, case, owner, language):
        in_language(case, language, owner)
        for page in pictured(PAPER, as_facts(letter_of(case))):
            assert page.startswith(b"\x89PNG")
            width, height = struct.unpack(">II", page[16:24])
            assert width < height
            assert len(page) > BLANK

    def test_nothing_of_it_is_in_another_language(self, case, owner, language):
        in_language(case, language, owner)
        assert Gap.OTHER_LANGUAGE not in drafted(case).gaps
        Case.objects.filter(pk=case.pk).update(language="en" if language != "en" else "pl")
        assert Gap.OTHER_LANGUAGE in drafted(case).gaps


def crosses_a_page(said: str, paper: str) -> bool:
    """Return whether `said` stands on the paper with a page's foot somewhere within it."""
    ends = [at for at in range(1, len(said)) if said[:at] in paper and said[at:] in paper]
    return bool(ends)
