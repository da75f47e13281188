"""What was learned on a case, for the next contact with its customer or on its topic."""

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.cases.actions.lessons import Learned, note_lesson
from amends.cases.queries.lessons import topics_of
from amends.cases.rules.lessons import Lives
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.http import StaffRequest, needs
from amends.web.people.lessons import Lesson

CUSTOMER = "customer"


class LessonHere(Lesson):
    """What to do next time, with this customer or wherever this topic comes up."""

    about = django_forms.ChoiceField(label=gettext_lazy("Where it comes up"))

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = about  # type: ignore[attr-defined] # of a choice


@needs(Permission.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def learn_here(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what to do next time."""
    case = found(request, reference)
    topics = topics_of(case)
    about = [(f"topic:{topic}", topic) for topic in topics]
    if case.person:
        about.insert(0, (CUSTOMER, case.person.name))
    act = Act(
        title=_("A lesson for next time"),
        button=_("Keep it"),
        done=_("Kept. It comes up next time."),
        about="" if about else _("First say who the customer is, or what it is about."),
    )

    def run(said: dict[str, Any]) -> None:
        mine = said["about"] == CUSTOMER
        lesson = Learned(
            text=said["text"],
            lives=Lives(said["lives"]),
            person=case.person if mine else None,
            topic=said["about"].partition(":")[2],
            case=case,
        )
        note_lesson(lesson, by=request.user, at=timezone.now())

    return perform(request, case, act, LessonHere(given(request), about=about), run)
