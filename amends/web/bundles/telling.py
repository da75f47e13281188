"""The whole case on paper: all its parts, in order, as the template of the page is told them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from amends.cases.queries.care import clocks_of
from amends.cases.queries.file import file_of
from amends.cases.rules.bundle import Section as Part
from amends.web.bundles import handling, inside, story
from amends.web.bundles.blocks import Section, day, every_text

if TYPE_CHECKING:
    from amends.web.bundles.plan import Plan

FORMAT = 1
PAPER = Path(__file__).resolve().parent / "paper" / "bundle.typ"


def on_paper(plan: "Plan", *, at: datetime) -> dict[str, object]:
    """Return what the template is told of the case; nothing in it that must not be read."""
    case = plan.bundle.case
    facts = {
        "title": _("The whole case"),
        "gist": story.title(plan),
        "cover": [list(line) for line in story.cover(plan)],
        "contents": _("Contents"),
        "sections": [section.told for section in _sections(plan) if section.blocks],
        "page": _("Page {} of {}"),
        "made": _("Made %(day)s") % {"day": day(at)},
    }
    cleaned: dict[str, object] = every_text(facts, plan.clean)
    # Whom it is for, and our own reference, are no secret, whatever was blackened.
    return {**cleaned, "language": plan.bundle.language, "reference": case.reference}


def as_data(facts: Mapping[str, object]) -> dict[str, object]:
    """Return what stands on paper as a machine reads it: the same parts, lines and words.

    facts: as `on_paper` tells them, so that nothing is told here that is left out there.
    """
    told = ("reference", "language", "title", "gist", "made", "cover", "sections")
    return {"format": FORMAT, **{name: facts[name] for name in told}}


def _sections(plan: "Plan") -> Iterable[Section]:
    yield story.parties(plan)
    yield story.complained(plan)
    yield inside.ruled(plan)
    yield story.wished(plan)
    yield inside.sorted_by(plan)
    yield story.story(plan)
    yield story.contacts(plan)
    yield handling.promises(plan)
    yield handling.evidence(plan)
    if Part.WEIGHED in plan.sections:
        yield handling.weighed(plan)
    yield handling.decided(plan)
    yield handling.responses(plan)
    yield handling.turns(plan)
    case = plan.bundle.case
    yield handling.clocks(clocks_of(case), file_of(case).clocks)
    if Part.TODOS in plan.sections:
        yield inside.todos(plan)
    yield inside.passed_over(plan)
    yield handling.notes(plan)
    if Part.JOURNAL in plan.sections:
        yield handling.journal(plan)
    if Part.READERS in plan.sections:
        yield handling.readers(plan)
    yield handling.left_out(plan)
