"""What each remark on a draft is called."""

from collections.abc import Mapping

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

REMARKS: Mapping[str, Words] = {
    "rude": _("This would hurt"),
    "data_of_another": _("This is about somebody else"),
    "internal_note": _("This is for colleagues only"),
    "wrong_language": _("Another language than theirs"),
    "blames_customer": _("This blames them"),
    "anger_denied": _("This denies their anger"),
    "ironic": _("This may read as irony"),
    "responsibility_refused": _("This refuses responsibility"),
    "unkeepable_promise": _("Nobody can keep this"),
    "against_limits": _("The offer does not hold this"),
    "brush_off": _("This sends them away"),
    "dismissive": _("This makes little of it"),
    "shouting": _("This reads as shouting"),
    "defensive": _("This defends us"),
    "indifferent": _("This sounds as if we did not care"),
    "missing_next_step": _("What happens next, and by when?"),
    "missing_apology": _("No word of regret yet"),
    "unrecorded_promise": _("A day that is not recorded"),
    "vague_time": _("When exactly?"),
    "issue_unanswered": _("Something is not answered"),
    "missing_empathy": _("How was it for them?"),
    "missing_name": _("Their name is missing"),
    "unclear": _("This is hard to read"),
    "wrong_address": _("They are addressed otherwise"),
    "missing_thanks": _("No thanks yet"),
}
