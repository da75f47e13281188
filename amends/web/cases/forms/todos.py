"""What is asked of something to do."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.web.cases.forms.fields import By, colleague, line, text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.staff.models import Staff


class AddTodo(By):
    """What is to be done, by whom and by when."""

    what = line(_("What is to be done"), most=300)

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["owner"] = colleague(_("Who does it"), colleagues)


class GiveTodo(By):
    """Who does it, and by when."""

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["to"] = colleague(_("Who does it"), colleagues)


class FinishTodo(forms.Form):
    """What came of it."""

    evidence = text(_("What came of it"), required=False, rows=2)


class LeaveTodos(forms.Form):
    """Why it is left undone."""

    reason = line(_("Why it is left undone"), most=300)
