"""The list of tags, and what a case's tags are called."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery

from amends.base.text import said_in
from amends.cases.models.case import CaseQuerySet
from amends.cases.models.tags import Tag
from amends.cases.rules.tags import Joined, as_shown, found_by
from amends.staff.models import Organisation, Staff
from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True)
class Tags:
    """All tags as one reader calls them. names: of each, by its key; offered: what can be set."""

    names: dict[int, str]
    joined: Joined
    offered: frozenset[int]

    def of(self, keys: Collection[int]) -> list[str]:
        """Return what the tags of a case are called, in order; each once."""
        return sorted(self.names[key] for key in as_shown(keys, self.joined) if key in self.names)

    def choices(self, besides: Collection[int] = ()) -> list[tuple[int, str]]:
        """Return what can be set on a case that has the tags `besides`, by name."""
        keys = self.offered | as_shown(besides, self.joined)
        return sorted(((key, self.names[key]) for key in keys), key=lambda each: each[1].casefold())


NO_TAGS = Tags(names={}, joined={}, offered=frozenset())


def tags_in(language: str) -> Tags:
    """Return all tags as a reader of `language` calls them, in one statement."""
    house = Organisation.objects.values("language")[:1]
    rows = list(
        Tag.objects.order_by("pk").values_list(
            "pk", "name", "retired_at", "joined_to", Subquery(house)
        )
    )
    return Tags(
        names={pk: said_in(language, name, house=house or "") for pk, name, _r, _j, house in rows},
        joined={pk: joined for pk, _name, _retired, joined, _house in rows},
        offered=frozenset(
            pk for pk, _name, retired, joined, _house in rows if not retired and not joined
        ),
    )


def joined_tags() -> Joined:
    """Return for each tag, by its key, the one it was joined to."""
    return dict(Tag.objects.values_list("pk", "joined_to"))


def tagged(cases: CaseQuerySet, tag: int) -> CaseQuerySet:
    """Return those of `cases` that are found by the tag of this key, or by one joined to it."""
    return cases.filter(tags__overlap=sorted(found_by(tag, joined_tags())))


def tags_kept(staff: Staff) -> QuerySet[Tag]:
    """Return all tags for who keeps the list, each with the one it was joined to."""
    kept = Tag.objects.select_related("joined_to").order_by("pk")
    return kept if staff.may(Act.EDIT_PROCEDURES) else kept.none()


def tag_kept(staff: Staff, pk: int) -> Tag:
    """Return one tag for who keeps the list.

    Raises Tag.DoesNotExist.
    """
    return tags_kept(staff).get(pk=pk)


def tags_of(keys: Collection[int]) -> list[Tag]:
    """Return the tags of these keys."""
    return list(Tag.objects.filter(pk__in=keys).order_by("pk"))
