"""Setting tags on a case."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.tags import set_tags
from amends.cases.queries.tags import tags_in, tags_of
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms.tagging import ChooseTags
from amends.web.http import StaffRequest, needs


@needs(Permission.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: StaffRequest, reference: str) -> HttpResponse:
    """Set tags on a case, and take them off."""
    case = found(request, reference)
    told = tags_in(get_language() or "")
    act = Act(
        title=_("Tags"),
        button=_("Save") if told.choices(case.tags) else "",
        done=_("Saved"),
        about=_(
            "What the case is about, so that like cases are found together. A tag never describes "
            "a person's character."
        )
        if told.choices(case.tags)
        else _("There are no tags yet. A manager keeps the list, in the settings."),
        fields="web/cases/fields/tags.html",
    )
    form = ChooseTags(given(request), told=told, had=case.tags)

    def run(said: dict[str, Any]) -> None:
        set_tags(case, tags=tags_of(said["tags"]), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)
