"""The list of tags: what cases are found together by."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.cases.actions.tags import join_tags, keep_tag, offer_tag_again, part_tags, retire_tag
from amends.cases.queries.tags import tag_kept, tags_in, tags_kept
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.tag_forms import NAME, JoinTag, NameTag

if TYPE_CHECKING:
    from amends.cases.models.tags import Tag


@needs(Act.EDIT_PROCEDURES)
@require_safe
def tags(request: StaffRequest) -> HttpResponse:
    """Show all tags, those on offer first."""
    told = tags_in(get_language() or "")
    rows = [
        (tag, told.names[tag.pk], told.names[tag.joined_to_id] if tag.joined_to_id else "")
        for tag in tags_kept(request.user)
    ]
    rows.sort(key=lambda row: (row[0].pk not in told.offered, row[1].casefold()))
    return render(request, "web/settings/tags.html", {"rows": rows})


@needs(Act.EDIT_PROCEDURES)
@require_http_methods(["GET", "HEAD", "POST"])
def tag(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Show one tag, and call it otherwise; or put a new one into the list."""
    kept = found(lambda: tag_kept(request.user, pk)) if pk else None
    written = {NAME + code: name for code, name in kept.name.items()} if kept else {}
    form = NameTag(request.POST if request.method == "POST" else None, initial=written)
    if form.is_valid() and _kept(request, kept, form):
        say(request, _("Saved"))
        return redirect("settings-tags")
    status = 422 if form.errors else 200
    shown = {"form": form, "tag": kept, "others": _others(kept) if kept else []}
    return render(request, "web/settings/tag.html", shown, status=status)


@needs(Act.EDIT_PROCEDURES)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a tag no more, or again."""
    kept = found(lambda: tag_kept(request.user, pk))
    if kept.retired_at:
        attempt(
            request,
            lambda: offer_tag_again(kept, by=request.user, at=timezone.now()),
            said=_("Offered again."),
        )
    else:
        attempt(
            request,
            lambda: retire_tag(kept, by=request.user, at=timezone.now()),
            said=_("Taken out. Cases that have it keep it."),
        )
    return redirect("settings-tags")


@needs(Act.EDIT_PROCEDURES)
@require_POST
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Make two tags one, or two again."""
    kept = found(lambda: tag_kept(request.user, pk))
    if kept.joined_to_id:
        attempt(
            request,
            lambda: part_tags(kept, by=request.user, at=timezone.now()),
            said=_("They are two tags again."),
        )
        return redirect("settings-tags")
    form = JoinTag(request.POST, others=_others(kept))
    if form.is_valid():
        into = found(lambda: tag_kept(request.user, form.cleaned_data["into"]))
        attempt(
            request,
            lambda: join_tags(kept, into=into, by=request.user, at=timezone.now()),
            said=_("One tag now. Cases are found by the name that stays."),
        )
    return redirect("settings-tags")


def _others(kept: "Tag") -> list[tuple[int, str]]:
    """Return the tags that `kept` could be one with."""
    offered = tags_in(get_language() or "").choices()
    return [(key, name) for key, name in offered if key != kept.pk]


def _kept(request: StaffRequest, kept: "Tag | None", form: NameTag) -> bool:
    return taken(
        form, lambda: keep_tag(kept, names=form.names(), by=request.user, at=timezone.now())
    )
