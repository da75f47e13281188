"""Making the file of a whole case: the paper, the originals, and a manifest with their hashes.

Everything is streamed from where it is kept into the archive; nothing large is held in memory.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from amends.base.files import open_kept
from amends.base.made import forget_made, keep_made, unfinished
from amends.base.typesetting import typeset
from amends.cases.actions.bundles import MadeFile, finish_bundle, note_progress
from amends.cases.queries.letters import house_time
from amends.cases.rules.bundle import Item, safe_name
from amends.contacts.queries.arrivals import raw_of
from amends.contacts.rules.kinds import Channel, Direction
from amends.staff.queries import organisation
from amends.web.bundles.plan import Plan, plan_of
from amends.web.bundles.readme import readme
from amends.web.bundles.telling import PAPER, as_data, on_paper
from amends.web.bundles.words import ITEMS, KEPT
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.bundles import Bundle
    from amends.contacts.models import Contact

CHUNK = 1024 * 1024
FORMAT = 1
# What is small already would only take time.
PACKED = ("image/", "video/", "audio/", "application/zip", "application/pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the archive: its name there, what it is, and where its bytes come from."""

    name: str
    what: str
    source: str
    obtained_at: datetime | None
    opened: Callable[[], IO[bytes]]
    packed: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """The case as we wrote it down for this file: on paper, and as a machine reads it."""

    paper: bytes
    data: bytes


def make_bundle(bundle: "Bundle", *, at: datetime) -> "Bundle":
    """Make the file of `bundle`, keep it, and write down its hash; return the bundle."""
    with translation.override(bundle.language):
        plan = plan_of(bundle)
        facts = on_paper(plan, at=at)
        written = _Written(typeset(PAPER, facts), _json(as_data(facts)))
        made = _archive(plan, written, at)
    finished = finish_bundle(bundle, made=made, at=at)
    if finished.sha256 != made.sha256:
        forget_made(made.sha256)  # somebody else made it meanwhile
    return finished


def _archive(plan: Plan, written: _Written, at: datetime) -> MadeFile:
    bundle = plan.bundle
    pdf = f"{bundle.case.reference}.pdf"
    parts = list(_parts(plan, pdf, written))
    with unfinished() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            told = []
            for number, part in enumerate(parts, start=1):
                told.append(_add(archive, part, at))
                note_progress(bundle, done=number, total=len(parts) + 1, at=timezone.now())
            manifest = _json(_manifest(plan, told, at))
            hashes = [(each["sha256"], each["name"]) for each in told]
            hashes.append((hashlib.sha256(manifest).hexdigest(), "manifest.json"))
            lines = "".join(f"{digest}  {name}\n" for digest, name in sorted(hashes, key=_by_name))
            for name, data in (("manifest.json", manifest), ("manifest.sha256", lines.encode())):
                archive.writestr(_info(name, at), data)
        size = file.tell()
        digest = _digest_of(file)
        keep_made(file, digest)
    day = f"{house_time(at):%Y-%m-%d}"
    return MadeFile(name=f"{bundle.case.reference}-{day}.zip", sha256=digest, size_bytes=size)


def _json(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _by_name(line: tuple[str, str]) -> str:
    return line[1]


def _digest_of(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a file as any other


def _add(archive: zipfile.ZipFile, part: Part, at: datetime) -> dict[str, Any]:
    """Put one part into the archive and return what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    info = _info(part.name, at)
    if part.packed:
        info.compress_type = zipfile.ZIP_STORED
    with part.opened() as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {
        "name": part.name,
        "size_bytes": size,
        "sha256": digest.hexdigest(),
        "what": part.what,
        "source": part.source,
        "obtained_at": part.obtained_at.isoformat() if part.obtained_at else None,
    }


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    local = house_time(at)
    info = zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _manifest(plan: Plan, told: list[dict[str, Any]], at: datetime) -> dict[str, object]:
    bundle = plan.bundle
    return {
        "format": FORMAT,
        "reference": bundle.case.reference,
        "made_for": bundle.to,
        "made_by": bundle.asked_by.name if bundle.asked_by else "",
        "organisation": organisation().name,
        "made_at": at.isoformat(),
        "language": bundle.language,
        "program": "Amends",
        "files": told,
        "left_out": [
            {"what": str(ITEMS[line.item]), "why": str(KEPT[line.kept])}
            for line in plan.lines
            if line.kept
        ],
        "why_left_out": plan.clean(bundle.why_left_out),
        "passages_blackened": sum(len(spans) for spans in plan.spans.values()),
        "sha256": "manifest.sha256",
    }


def _parts(plan: Plan, pdf: str, written: _Written) -> Iterator[Part]:
    bundle, ours = plan.bundle, organisation().name
    case = bundle.case
    text = readme(reference=case.reference, to=bundle.to, pdf=pdf)
    yield _text("README.txt", _("How to read and check these files"), ours, text)
    yield Part(
        name=pdf,
        what=_("The whole case"),
        source=ours,
        obtained_at=None,
        opened=lambda: io.BytesIO(written.paper),
        packed=True,
    )
    yield Part(
        name="case.json",
        what=_("The whole case, for machines"),
        source=ours,
        obtained_at=None,
        opened=lambda: io.BytesIO(written.data),
    )
    taken: dict[str, set[str]] = {"originals": set(), "files": set()}
    for number, contact in enumerate(plan.whole.contacts, start=1):
        yield from _of_contact(plan, contact, number, taken)


def _text(name: str, what: str, source: str, text: str, at: datetime | None = None) -> Part:
    data = text.encode()
    return Part(
        name=name, what=what, source=source, obtained_at=at, opened=lambda: io.BytesIO(data)
    )


def _of_contact(
    plan: Plan, contact: "Contact", number: int, taken: dict[str, set[str]]
) -> Iterator[Part]:
    if not plan.out(Item.CONTACT, contact.pk):
        return
    stem = f"{number:04}-{house_time(contact.started_at):%Y-%m-%d}-{contact.channel}"
    source = plan.clean(_whose(contact))
    at = contact.started_at
    said = plan.said_in(contact)
    if said.strip():
        what = f"{word(Channel(contact.channel))}, {word(Direction(contact.direction))}"
        yield _text(
            f"contacts/{stem}.txt", what, source, f"{plan.clean(contact.subject)}\n\n{said}\n", at
        )
    if contact.arrival_id and plan.out(Item.MAIL, contact.pk):
        ending = "eml" if contact.channel == Channel.EMAIL else "bin"
        yield Part(
            name=f"originals/{stem}.{ending}",
            what=str(ITEMS[Item.MAIL]),
            source=source,
            obtained_at=contact.arrival.received_at if contact.arrival else None,
            opened=partial(_raw, contact),
        )
    for file in contact.attachments.all():
        if plan.out(Item.FILE, file.pk):
            name = safe_name(f"{number:04}-{plan.clean(file.name)}", taken["files"])
            yield Part(
                name=f"files/{name}",
                what=plan.clean(file.name),
                source=source,
                obtained_at=at,
                opened=partial(open_kept, file.sha256),
                packed=file.media_type.startswith(PACKED),
            )


def _raw(contact: "Contact") -> IO[bytes]:
    arrival = contact.arrival
    if arrival is None:  # pragma: no cover - the plan has seen it
        raise FileNotFoundError
    return io.BytesIO(raw_of(arrival)) if arrival.raw is not None else open_kept(arrival.sha256)


def _whose(contact: "Contact") -> str:
    if contact.direction == Direction.OUT:
        return contact.handled_by.name if contact.handled_by else organisation().name
    return contact.person.name if contact.person else contact.sender_name
