"""All that somebody is to do inside, by when it is due."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from amends.cases.queries.todos import todos_for
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.todos.rows import shown


@needs(Act.SEE_CASES)
@require_safe
def todos(request: StaffRequest) -> HttpResponse:
    """Show what the reader is to do, what is due first on top."""
    after = request.GET.get("after", "")
    page = todos_for(request.user, after=after)
    here = reverse("todos")
    context = {
        "rows": shown(page.rows, request.user, timezone.localtime()),
        "first": here if after else "",
        "further": f"{here}?{urlencode({'after': page.after})}" if page.after else "",
    }
    return render(request, page_or_part(request, "web/todos/todos.html", "todos"), context)
