"""What is said in the timeline of the files in which a case leaves the house."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from amends.web.cases.happenings import Happening

BUNDLING: Mapping[str, Happening] = {
    "BundleBegun": Happening("note", lambda _told: _("Began the whole case as one file")),
    "PassageBlackened": Happening(
        "lock", lambda _told: _("A passage is black in what leaves the house")
    ),
    "PassageUncovered": Happening(
        "undo", lambda _told: _("A passage is black no longer in what leaves the house")
    ),
    "BundleAsked": Happening("note", lambda _told: _("Had the whole case made as one file")),
    "BundleMade": Happening("attach", lambda _told: _("The whole case was made as one file")),
    "BundleFailed": Happening(
        "warning", lambda _told: _("The whole case could not be made as one file"), "late"
    ),
    "BundleHandedOut": Happening(
        "send", lambda _told: _("Took the whole case as one file, to hand it out")
    ),
    "BundleForgotten": Happening(
        "close", lambda _told: _("The file of the whole case was deleted: its time was over")
    ),
}
# What was chosen stands in the file itself.
UNSAID_OF_BUNDLING = frozenset({"BundleChosen"})
