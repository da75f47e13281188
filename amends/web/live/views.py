"""What a page that is followed asks for: a new pass, what is new in words, and who is here."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from amends.journal.queries import last_entry_of
from amends.staff.queries import colleagues_for
from amends.staff.rules.permissions import Act
from amends.web.cases.acting import found
from amends.web.cases.timeline import Reader
from amends.web.http import StaffRequest, needs
from amends.web.live.following import follow_case, follow_lists
from amends.web.live.news import sentences
from amends.web.live.passes import now

MOST_NAMED = 3
MOST_ASKED = 50
LONGEST_KEY = 18


@needs(Act.SEE_CASES)
@require_safe
def watching(request: StaffRequest) -> JsonResponse:
    """Give a new pass for a list, in exchange for nothing but being signed in."""
    teams, every = (request.GET.get(name) == "1" for name in ("teams", "every"))
    followed = follow_lists(request, began=now(), teams=teams, every=every)
    return _fresh({"pass": followed["pass"]})


@needs(Act.SEE_CASES)
@require_safe
def case_watching(request: StaffRequest, reference: str) -> JsonResponse:
    """Give a new pass for a case, if its reader may still see it."""
    began = now()
    case = found(request, reference)
    return _fresh({"pass": follow_case(request, case, began=began)["pass"]})


@needs(Act.SEE_CASES)
@require_safe
def case_news(request: StaffRequest, reference: str) -> JsonResponse:
    """Say what others did since the entry `after`."""
    case = found(request, reference)
    last = last_entry_of(f"case:{case.pk}")
    after = _key(request.GET.get("after", ""))
    reader = Reader(request.user, timezone.localtime())
    said = sentences(case, after, reader) if after else []
    return _fresh({"seen": last, "said": said})


@needs(Act.SEE_CASES)
@require_safe
def case_company(request: StaffRequest, reference: str) -> HttpResponse:
    """Name those who have the case open too, and those of them who are writing."""
    found(request, reference)
    here, typing = (_keys(request.GET.get(name, "")) for name in ("here", "typing"))
    named = dict(
        colleagues_for(request.user).filter(pk__in=here | typing).values_list("pk", "name")
    )
    context = {
        "here": _here([name for key, name in named.items() if key not in typing]),
        "typing": _typing([name for key, name in named.items() if key in typing]),
    }
    return render(request, "web/live/company.html", context)


def _here(names: list[str]) -> str:
    if not names:
        return ""
    told = {"names": _few(names)}
    return ngettext("%(names)s is here too", "%(names)s are here too", len(names)) % told


def _typing(names: list[str]) -> str:
    if not names:
        return ""
    told = {"names": _few(names)}
    few = ngettext("%(names)s is writing a reply", "%(names)s are writing a reply", len(names))
    return few % told


def _few(names: list[str]) -> str:
    """Return some names as one says them, and how many there are besides."""
    shown, more = sorted(names)[:MOST_NAMED], len(names) - MOST_NAMED
    if more > 0:
        rest = ngettext("%(n)s more", "%(n)s more", more) % {"n": more}
        return ", ".join([*shown, rest])
    return _(" and ").join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _keys(told: str) -> set[int]:
    keys = {_key(part) for part in told.split(",")[:MOST_ASKED]}
    return keys - {0}


def _key(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_KEY else 0


def _fresh(told: dict[str, object]) -> JsonResponse:
    return JsonResponse(told, headers={"Cache-Control": "no-store"})
