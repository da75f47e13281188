"""What leaves with a case and what stays: the preview shows it, the file obeys it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from amends.base.files import open_kept, path_of
from amends.cases.queries.bundles import (
    blackenings_of,
    chosen_in,
    passages_in,
    side_of_customer,
)
from amends.cases.queries.whole_case import (
    WholeCase,
    arrivals_lost,
    texts_of_arrivals,
    whole_case,
)
from amends.cases.rules.bundle import (
    BLACK,
    INTERNAL,
    Item,
    Kept,
    Passage,
    Section,
    Span,
    blackened,
    holds_any,
    leaves,
    without_spans,
)
from amends.contacts.rules.kinds import Direction

if TYPE_CHECKING:
    from amends.cases.models.bundles import Bundle
    from amends.contacts.models import Attachment, Contact

LARGEST_READ = 5_000_000
# Whoever has the link of a case's page acts there as its customer.
_LINK = re.compile(r"(/c/C-[0-9A-Z]{3}-[0-9A-Z]{4}\.)[\w-]{8,}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that might leave. kept: why it does not; None if it leaves."""

    item: Item
    pk: int
    contact: "Contact | None" = None
    file: "Attachment | None" = None
    kept: Kept | None = None

    @property
    def leaves(self) -> bool:
        return self.kept is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What leaves in a file of a case. spans: by the keys of contacts, what is black in them."""

    bundle: "Bundle"
    whole: WholeCase
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]
    spans: Mapping[int, Sequence[Span]]

    def out(self, item: Item, pk: int) -> bool:
        """Return whether the thing leaves."""
        return (item, pk) in self.leaving

    @property
    def leaving(self) -> frozenset[tuple[Item, int]]:
        return frozenset((line.item, line.pk) for line in self.lines if line.leaves)

    @property
    def sections(self) -> frozenset[Section]:
        return frozenset(Section(each) for each in self.bundle.sections)

    @property
    def unseen(self) -> list[Line]:
        """The files that leave and that nobody but a person can look into."""
        files = [line for line in self.lines if line.file and line.leaves]
        return [line for line in files if self.passages and not _is_text(line.file)]

    def said_in(self, contact: "Contact") -> str:
        """Return what was said in `contact`, with what must not be read black."""
        words = getattr(contact, "words", None)
        text = without_spans(words.text, self.spans.get(contact.pk, ())) if words else ""
        return self.clean(text)

    def clean(self, text: str) -> str:
        """Return `text` with what must not be read black, and without the customer's own link."""
        return blackened(_LINK.sub(rf"\1{BLACK}", text), self.passages)


def plan_of(bundle: "Bundle") -> Plan:
    """Return what leaves in `bundle` and what stays, as it was chosen."""
    whole = whole_case(bundle.case)
    spans: dict[int, list[Span]] = {}
    for bar in blackenings_of(bundle.case):
        spans.setdefault(bar.contact_id, []).append(bar.span)
    passages = tuple(passages_in(bundle, _("the colleague")))
    sorting = _Sorting(bundle, whole, passages, spans)
    return Plan(
        bundle=bundle,
        whole=whole,
        lines=tuple(sorting.lines()),
        passages=passages,
        spans=spans,
    )


class _Sorting:
    """Sorts the things of a case into those that leave and those that stay."""

    def __init__(
        self,
        bundle: "Bundle",
        whole: WholeCase,
        passages: Sequence[Passage],
        spans: Mapping[int, Sequence[Span]],
    ) -> None:
        self.whole, self.passages, self.spans = whole, passages, spans
        self.chosen = chosen_in(bundle)
        self.theirs = side_of_customer(bundle.case)
        self.lost = arrivals_lost(whole.contacts)
        self.raw = texts_of_arrivals(whole.contacts) if passages else {}
        pieces = [piece for piece in whole.evidence if piece.file_id]
        self.replaced = {piece.file_id for piece in pieces if piece.redacted_id}
        self.withheld = {
            piece.file_id for piece in pieces if not self._chosen(Item.EVIDENCE, piece.pk)
        }

    def lines(self) -> Iterator[Line]:
        for contact in self.whole.contacts:
            yield from self._of_contact(contact)
        for piece in self.whole.evidence:
            yield Line(item=Item.EVIDENCE, pk=piece.pk, kept=self._why(Item.EVIDENCE, piece.pk))
        for note in self.whole.notes:
            yield Line(item=Item.NOTE, pk=note.pk, kept=self._why(Item.NOTE, note.pk))

    def _of_contact(self, contact: "Contact") -> Iterator[Line]:
        out = self._why(Item.CONTACT, contact.pk)
        yield Line(item=Item.CONTACT, pk=contact.pk, contact=contact, kept=out)
        touched = self._is_touched(contact)
        files = [
            Line(
                item=Item.FILE,
                pk=file.pk,
                contact=contact,
                file=file,
                kept=out or self._why_file(contact, file, touched=touched),
            )
            for file in contact.attachments.all()
        ]
        if contact.arrival_id:
            whole = all(line.leaves for line in files)
            kept = out or self._why_mail(contact, touched=touched, whole=whole)
            yield Line(item=Item.MAIL, pk=contact.pk, contact=contact, kept=kept)
        yield from files
        for remark in contact.notes.all():
            kept = out or self._why(Item.REMARK, remark.pk)
            yield Line(item=Item.REMARK, pk=remark.pk, contact=contact, kept=kept)

    def _chosen(self, item: Item, pk: int) -> bool:
        return leaves(item, self.chosen, pk)

    def _why(self, item: Item, pk: int) -> Kept | None:
        if self._chosen(item, pk):
            return None
        return Kept.INTERNAL if item in INTERNAL else Kept.CHOSEN

    def _is_touched(self, contact: "Contact") -> bool:
        words = getattr(contact, "words", None)
        text = f"{contact.subject}\n{words.text if words else ''}"
        return contact.pk in self.spans or holds_any(text, self.passages)

    def _why_mail(self, contact: "Contact", *, touched: bool, whole: bool) -> Kept | None:
        """Return why the mail as it came stays: it holds all that was taken out elsewhere."""
        if not self._chosen(Item.MAIL, contact.pk):
            return Kept.CHOSEN
        if contact.arrival_id in self.lost:
            return Kept.MISSING
        return self._why_mail_stays(contact, touched=touched, whole=whole)

    def _why_mail_stays(self, contact: "Contact", *, touched: bool, whole: bool) -> Kept | None:
        if contact.person_id and contact.person_id not in self.theirs:
            return Kept.OF_ANOTHER
        if touched or holds_any(self.raw.get(contact.pk, ""), self.passages):
            return Kept.BLACKENED
        return None if whole else Kept.IN_ORIGINAL

    def _why_file(self, contact: "Contact", file: "Attachment", *, touched: bool) -> Kept | None:
        if file.pk in self.replaced:
            return Kept.REDACTED_COPY
        if file.pk in self.withheld or not self._chosen(Item.FILE, file.pk):
            return Kept.CHOSEN
        if not path_of(file.sha256).exists():
            return Kept.MISSING
        return Kept.BLACKENED if self._tells(contact, file, touched=touched) else None

    def _tells(self, contact: "Contact", file: "Attachment", *, touched: bool) -> bool:
        """Return whether `file` tells what must not be read, as far as one can look into it."""
        ours = contact.direction == Direction.OUT
        if touched and (ours or file.media_type == "text/html"):
            return True
        return bool(self.passages) and _is_text(file) and self._says_it(file)

    def _says_it(self, file: "Attachment") -> bool:
        if file.size_bytes > LARGEST_READ:
            return True
        with open_kept(file.sha256) as kept:
            text = kept.read().decode("utf-8", "replace")
        return holds_any(text, self.passages) or holds_any(
            unescape(_TAG.sub(" ", text)), self.passages
        )


def _is_text(file: "Attachment | None") -> bool:
    return bool(file and file.media_type.startswith("text/"))
