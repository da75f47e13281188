"""What was learned from a contact, written down for the next one and taken away again."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.actions.lessons import Learned, note_lesson, retire_lesson
from amends.cases.queries.lessons import lesson_for
from amends.cases.rules.lessons import LONGEST, Lives
from amends.people import queries
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from django.utils.functional import Promise as Words

LIVES: "dict[Lives, Words]" = {
    Lives.SEASON: pgettext_lazy("how long a lesson comes up", "three months"),
    Lives.YEAR: pgettext_lazy("how long a lesson comes up", "a year"),
    Lives.TWO_YEARS: pgettext_lazy("how long a lesson comes up", "two years"),
}


class Lesson(forms.Form):
    """What to do next time."""

    text = forms.CharField(
        label=gettext_lazy("What to do next time"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Such as: ring after five; send the plan with it. Never what they are like."
        ),
    )
    lives = forms.ChoiceField(
        label=gettext_lazy("How long it comes up"),
        choices=[(each.value, word) for each, word in LIVES.items()],
        initial=Lives.YEAR.value,
    )


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def learn(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what to do next time with one customer."""
    person = found(lambda: queries.person_for(request.user, pk))
    form = Lesson(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        lesson = Learned(text=said["text"], lives=Lives(said["lives"]), person=person)
        if taken(form, lambda: note_lesson(lesson, by=request.user, at=timezone.now())):
            say(request, _("Kept. It comes up on the next call."))
            return redirect("customer", person.pk)
    facts = {"person": person, "form": form, "title": _("A lesson for next time")}
    return render(request, "web/people/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.WORK_ON_CASE)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a lesson away that holds no more."""
    lesson = found(lambda: lesson_for(request.user, pk))
    attempt(
        request,
        lambda: retire_lesson(lesson, by=request.user, at=timezone.now()),
        said=_("It comes up no more."),
    )
    return redirect("customer", lesson.person_id) if lesson.person_id else redirect("inbox")
