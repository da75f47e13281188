"""The words for what only a file of the whole case shows."""

from collections.abc import Mapping

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.bundle import Item, Kept, Section, Stage

ITEMS: Mapping[Item, Words] = {
    Item.CONTACT: _("What was said or written"),
    Item.MAIL: _("The mail as it came, byte for byte"),
    Item.FILE: _("A file"),
    Item.EVIDENCE: _("Evidence"),
    Item.REMARK: _("A note beside what was said"),
    Item.NOTE: _("A note for colleagues"),
}
SECTIONS: Mapping[Section, Words] = {
    Section.WEIGHED: _("What was weighed: every option with its cost, and the approvals"),
    Section.TODOS: _("What was to be done inside: to-dos and checklists"),
    Section.JOURNAL: _("The journal, as a story and as a table"),
    Section.READERS: _("Who read it, where that is written down"),
}
KEPT: Mapping[Kept, Words] = {
    Kept.CHOSEN: _("left out by choice"),
    Kept.INTERNAL: _("for colleagues only"),
    Kept.REDACTED_COPY: _("its redacted copy leaves instead"),
    Kept.BLACKENED: _("it holds a passage that is black"),
    Kept.IN_ORIGINAL: _("something sent along with it stays"),
    Kept.OF_ANOTHER: _("it shows how to reach somebody else"),
    Kept.MISSING: _("the file is not where it was kept"),
}
STAGES: Mapping[Stage, Words] = {
    Stage.CHOOSING: pgettext_lazy("a file of a case", "being chosen"),
    Stage.WAITING: pgettext_lazy("a file of a case", "being made"),
    Stage.FAILED: pgettext_lazy("a file of a case", "could not be made"),
    Stage.READY: pgettext_lazy("a file of a case", "ready"),
    Stage.GONE: pgettext_lazy("a file of a case", "deleted"),
}
