"""Keeping the list of tags, and setting them on a case."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked, must_be_allowed
from amends.cases.events.tags import (
    CaseTagged,
    CaseUntagged,
    TagKept,
    TagOfferedAgain,
    TagRetired,
    TagsJoined,
    TagsParted,
)
from amends.cases.models.case import Case
from amends.cases.models.tags import Tag
from amends.cases.queries.tags import joined_tags
from amends.cases.rules.tags import MOST, as_shown, found_by, names_in_common, stands_for
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


class TagNameNeeded(Refused):
    text = _("Give it a name in at least one language.")


class TagKnown(Refused):
    text = _("There is a tag “%(name)s” already.")


class JoinedToItself(Refused):
    text = _("Choose another tag: these two are one already.")


class TagNotOffered(Refused):
    text = _("This tag is not offered any more. Choose another one.")


class TooManyTags(Refused):
    text = _("A case has at most %(most)s tags: more of them nobody reads. Take one off first.")


@transaction.atomic
def keep_tag(tag: Tag | None, *, names: Mapping[str, str], by: Staff, at: datetime) -> Tag:
    """Put one more tag into the list, or call one otherwise, and return it.

    names: {language: text}.

    Raises NotAllowed, TagNameNeeded, TagKnown.
    """
    _must_keep_the_list(by)
    written = {code: name for code, said in names.items() if (name := " ".join(said.split()))}
    if not written:
        raise TagNameNeeded
    for other in Tag.objects.filter(joined_to=None):
        alike = names_in_common(written, other.name)
        if alike and other != tag:
            raise TagKnown(name=written[min(alike)])
    kept = tag or Tag()
    kept.name = written
    kept.save()
    record(TagKept(tag_id=kept.pk), by=by, at=at)
    return kept


@transaction.atomic
def retire_tag(tag: Tag, *, by: Staff, at: datetime) -> Tag:
    """Offer `tag` no more, and return it; cases that have it keep it.

    Raises NotAllowed.
    """
    _must_keep_the_list(by)
    tag.retired_at = tag.retired_at or at
    tag.save(update_fields=["retired_at"])
    record(TagRetired(tag_id=tag.pk), by=by, at=at)
    return tag


@transaction.atomic
def offer_tag_again(tag: Tag, *, by: Staff, at: datetime) -> Tag:
    """Offer a tag again that was retired, and return it.

    Raises NotAllowed.
    """
    _must_keep_the_list(by)
    tag.retired_at = None
    tag.save(update_fields=["retired_at"])
    record(TagOfferedAgain(tag_id=tag.pk), by=by, at=at)
    return tag


@transaction.atomic
def join_tags(tag: Tag, *, into: Tag, by: Staff, at: datetime) -> Tag:
    """Show and find `tag` as the tag `into` from now on, and return that one.

    No case is touched, so that the two can be parted again.

    Raises NotAllowed, JoinedToItself.
    """
    _must_keep_the_list(by)
    joined = joined_tags()
    if stands_for(into.pk, joined) == stands_for(tag.pk, joined):
        raise JoinedToItself
    tag.joined_to = into
    tag.save(update_fields=["joined_to"])
    record(TagsJoined(tag_id=tag.pk, into_id=into.pk), by=by, at=at)
    return into


@transaction.atomic
def part_tags(tag: Tag, *, by: Staff, at: datetime) -> Tag:
    """Let `tag` stand for itself again, and return it; cases that had it have it.

    Raises NotAllowed.
    """
    _must_keep_the_list(by)
    if tag.joined_to_id is None:
        return tag
    before, tag.joined_to = tag.joined_to_id, None
    tag.save(update_fields=["joined_to"])
    record(TagsParted(tag_id=tag.pk, from_id=before), by=by, at=at)
    return tag


@transaction.atomic
def set_tags(case: Case, *, tags: Collection[Tag], by: Staff, at: datetime) -> Case:
    """Let `case` have these `tags` and no others, and return it; it may have ended.

    Raises NotAllowed, Barred, NotYours, TagNotOffered, TooManyTags.
    """
    case = _locked_for_tags(case, by)
    joined = joined_tags()
    had = as_shown(case.tags, joined)
    wanted = as_shown([tag.pk for tag in tags], joined)
    if any(tag.retired_at for tag in tags if stands_for(tag.pk, joined) not in had):
        raise TagNotOffered
    if len(wanted) > max(MOST, len(had)):
        raise TooManyTags(most=MOST)
    case.tags = sorted(wanted)
    case.save(update_fields=["tags"])
    for key in sorted(wanted - had):
        record(CaseTagged(case_id=case.pk, tag_id=key), by=by, at=at)
    for key in sorted(had - wanted):
        record(CaseUntagged(case_id=case.pk, tag_id=key), by=by, at=at)
    return case


@transaction.atomic
def tag_case(case: Case, *, tag: Tag, by: Staff, at: datetime) -> Case:
    """Set one more tag on `case`, and return it; one that it has already changes nothing.

    Raises NotAllowed, Barred, NotYours, TagNotOffered, TooManyTags.
    """
    case = _locked_for_tags(case, by)
    joined = joined_tags()
    key = stands_for(tag.pk, joined)
    if key in as_shown(case.tags, joined):
        return case
    if tag.retired_at:
        raise TagNotOffered
    if len(case.tags) >= MOST:
        raise TooManyTags(most=MOST)
    case.tags = sorted({*case.tags, key})
    case.save(update_fields=["tags"])
    record(CaseTagged(case_id=case.pk, tag_id=key), by=by, at=at)
    return case


@transaction.atomic
def untag_case(case: Case, *, tag: Tag, by: Staff, at: datetime) -> Case:
    """Take a tag off `case`, and return it; one that it has not changes nothing.

    Raises NotAllowed, Barred, NotYours.
    """
    case = _locked_for_tags(case, by)
    joined = joined_tags()
    gone = found_by(tag.pk, joined) & {*case.tags}
    if not gone:
        return case
    case.tags = sorted({*case.tags} - gone)
    case.save(update_fields=["tags"])
    record(CaseUntagged(case_id=case.pk, tag_id=stands_for(tag.pk, joined)), by=by, at=at)
    return case


def _must_keep_the_list(by: Staff) -> None:
    """Let `by` change the list; two who do at once come one after another."""
    require(by, Act.EDIT_PROCEDURES)
    Organisation.objects.select_for_update().get()


def _locked_for_tags(case: Case, by: Staff) -> Case:
    """Return `case` locked; whether it has ended does not matter."""
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    return case
