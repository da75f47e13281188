"""A case with everything that a file of it may hold: mails, files, evidence, notes, a colleague."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from amends.base.files import keep, media_type_of
from amends.base.made import made_path
from amends.cases.actions.bundles import Choice, ask_for_bundle, begin_bundle, choose_for_bundle
from amends.cases.actions.correspondence import add_note
from amends.cases.actions.evidence import Piece, mark_sensitive, note_reading, register_evidence
from amends.cases.actions.opening import add_contact
from amends.cases.actions.parties import name_party
from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case
from amends.cases.queries.bundles import bundle_to_make
from amends.cases.rules.bundle import SECTIONS, Item, Section
from amends.cases.rules.kinds import Part
from amends.contacts.actions.arrivals import Incoming, store_arrival
from amends.contacts.models import Attachment, Contact
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.people.models import Person
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from amends.web.bundles.making import make_bundle
from tests import make
from tests.cases import hard

NOW = hard.NOW + timedelta(days=1)
BODY = "State Consumer Office"
SECRET = "my diabetes needs a warm room"
LETTER = f"Dear all,\nI say it again: {SECRET}.\n\nRūta"
RAW = f"From: ruta@post.example\nSubject: Cold\n\n{LETTER}".encode()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of a case as whoever got it sees it."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    paper: str

    @property
    def everything(self) -> str:
        """All that can be read in it: the text of the paper, every file, every name."""
        return "\n".join(
            [self.paper, *self.files, *(data.decode("latin-1") for data in self.files.values())]
        ) + "\n".join(data.decode("utf-8", "replace") for data in self.files.values())


def senior(name: str = "Inga Ramanauskaitė") -> Staff:
    made = make.staff(name, role=Role.SENIOR)
    make.team(members=(made,))
    hard.may_give_anything(Role.SENIOR)
    return made


def full(by: Staff) -> Case:
    """Return a case that was decided, complained about a colleague, and has files and notes."""
    case = hard.decided(by).decision.case
    name_party(case, part=Part.COMPLAINED_ABOUT, who=make.staff("Tomas Kazlauskas"), by=by, at=NOW)
    add_note(case, text="Between us: the pump is old.", by=by, at=NOW)
    mark_sensitive(case, by=by, at=NOW)
    note_reading(case, by=by, at=NOW)
    case.refresh_from_db()
    return case


def write(
    case: Case,
    text: str = LETTER,
    *,
    person: Person | None = None,
    raw: bytes | None = RAW,
    **facts: Any,
) -> Contact:
    """Return a mail of the customer's, or of another `person`, on `case`."""
    arrival = None
    if raw is not None:
        key = str(Contact.objects.count())
        arrival, _new = store_arrival(Incoming(source="file", key=key, raw=raw), at=NOW)
    told = make.contact(
        text,
        **{
            "person": person or case.person,
            "channel": Channel.EMAIL,
            "direction": Direction.IN,
            "source": Source.WRITTEN,
            "started_at": NOW,
            "ended_at": NOW,
            "arrival": arrival,
            "sender_address": "ruta@post.example",
            **facts,
        },
    )
    add_contact(case, contact=told, by=None, at=NOW)
    return told


def attach(contact: Contact, *files: tuple[str, bytes]) -> list[int]:
    """Put files with `contact` and return their keys."""
    return [
        contact.attachments.create(
            position=position,
            name=name,
            media_type=media_type_of(data, name),
            size_bytes=len(data),
            sha256=keep(data),
        ).pk
        for position, (name, data) in enumerate(files)
    ]


def register(case: Case, *, file: int, redacted: int | None = None, by: Staff) -> int:
    piece = Piece(
        what="A photograph of the meter",
        source="The customer",
        obtained_on=date(2026, 3, 27),
        file=Attachment.objects.get(pk=file),
        redacted=Attachment.objects.get(pk=redacted) if redacted else None,
    )
    return register_evidence(case, piece=piece, by=by, at=NOW).pk


def begun(case: Case, by: Staff, *, to: str = BODY, language: str = "en") -> Bundle:
    return begin_bundle(case, to=to, language=language, by=by, at=NOW)


def choose(
    bundle: Bundle,
    by: Staff,
    *,
    items: Mapping[tuple[Item, int], bool] | None = None,
    sections: tuple[Section, ...] = (*SECTIONS, Section.WEIGHED),
    names: bool = False,
    why: str = "It is no matter of this complaint.",
) -> Bundle:
    choice = Choice(
        items=items or {},
        sections=sections,
        names_colleague=names,
        language=bundle.language,
        why_left_out=why,
    )
    return choose_for_bundle(bundle, choice=choice, by=by, at=NOW)


def made(bundle: Bundle, by: Staff) -> Bundle:
    ask_for_bundle(bundle, by=by, at=NOW)
    return make_bundle(bundle_to_make(bundle.pk), at=NOW)


def opened(bundle: Bundle) -> Opened:
    with zipfile.ZipFile(made_path(bundle.sha256)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    [pdf] = [data for name, data in files.items() if "/" not in name and name.endswith(".pdf")]
    return Opened(files, json.loads(files["manifest.json"]), text_of(pdf))


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
