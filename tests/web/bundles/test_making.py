"""The file of a whole case: what is in it, what is nowhere in it, and that it can be checked."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from amends.base.files import keep, path_of
from amends.base.made import made_path
from amends.cases.actions.bundles import ask_for_bundle, blacken
from amends.cases.actions.outside import Body, go_outside
from amends.cases.models.admissibility import Ruling
from amends.cases.models.bundles import Bundle
from amends.cases.rules.admissibility import Ground, Ruled
from amends.cases.rules.bundle import BLACK, Item, Kept, Section, Stage
from amends.contacts.models import Arrival
from amends.contacts.rules.kinds import Manner
from amends.people.actions.points import add_contact_point
from amends.people.rules.kinds import PointKind
from amends.web.bundles import making
from amends.web.bundles.plan import plan_of
from amends.web.reactions import make_asked_bundle
from tests import make
from tests.web.bundles import scene
from tests.web.bundles.scene import NOW, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return scene.senior()


@pytest.fixture
def case(by):
    return scene.full(by)


def kept_in(bundle):
    return {(line.item, line.pk): line.kept for line in plan_of(bundle).lines}


class TestWhatIsInIt:
    @pytest.mark.requirement("S4-08")
    def test_all_of_the_case_can_be_read_on_paper(self, case, by):
        told = scene.write(case)
        bundle = scene.choose(scene.begun(case, by), by, names=True)
        paper = scene.opened(scene.made(bundle, by)).paper
        for said in (
            "State Consumer Office",
            "Rūta Petrauskienė",
            "Tomas Kazlauskas",
            "It went cold again on Saturday evening",
            "The pump stood still for two days",
            "I say it again",
            "An engineer finds out why, and it is warm",
            "The log of the pump",
            "We mend the pump and pay part of it back",
            "Good, if it is done by Tuesday.",
            "Version 1, sent",
            "We are sorry that you and your children were cold.",
            "Our standard: answer",
            "Promised for",
            "Who read it",
            "1 for colleagues only",
            "Page 1 of",
        ):
            assert said in paper, said
        assert told.words.text.split()[0] in paper

    def test_originals_letters_and_texts_lie_beside_it(self, case, by):
        told = scene.write(case)
        scene.attach(told, ("meter.png", _PNG), ("../../a b?.txt", b"a list"))
        got = scene.opened(scene.made(scene.begun(case, by), by))
        names = set(got.files)
        assert {"README.txt", "manifest.json", "manifest.sha256", f"{case.reference}.pdf"} <= names
        assert f"files/0002-{case.reference}.pdf" in names
        assert {"files/0003-meter.png", "files/0003-.._.._a b_.txt"} <= names
        [mail] = [name for name in names if name.startswith("originals/")]
        assert got.files[mail] == scene.RAW
        assert not any(name.startswith("/") or ".." in name.split("/") for name in names)

    def test_the_hashes_can_be_checked_without_us(self, case, by, tmp_path):
        scene.write(case)
        bundle = scene.made(scene.begun(case, by), by)
        path = made_path(bundle.sha256)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == bundle.sha256
        assert path.stat().st_size == bundle.size_bytes
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path)
        checker = shutil.which("sha256sum")
        assert checker
        done = subprocess.run(
            [checker, "--check", "--strict", "manifest.sha256"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        files = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
        assert len(done.stdout.splitlines()) == len(files) - 1

    def test_the_manifest_says_what_each_is_and_where_from(self, case, by):
        scene.write(case)
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert (got.manifest["made_for"], got.manifest["made_by"]) == (scene.BODY, by.name)
        told = {each["name"]: each for each in got.manifest["files"]}
        assert set(told) == set(got.files) - {"manifest.json", "manifest.sha256"}
        for name, each in told.items():
            assert each["size_bytes"] == len(got.files[name])
            assert each["sha256"] == hashlib.sha256(got.files[name]).hexdigest()
        [mail] = [each for name, each in told.items() if name.startswith("originals/")]
        assert mail["source"] == "Rūta Petrauskienė"
        assert mail["obtained_at"]

    def test_a_file_too_large_for_the_database_is_streamed_from_where_it_lies(
        self, case, by, monkeypatch
    ):
        told = scene.write(case, raw=b"x" * 400)
        digest = keep(b"x" * 400)
        Arrival.objects.filter(contact=told).update(raw=None, sha256=digest)
        got = scene.opened(scene.made(scene.begun(case, by), by))
        [mail] = [data for name, data in got.files.items() if name.startswith("originals/")]
        assert mail == b"x" * 400

    @pytest.mark.parametrize("language", ["en", "ru", "pl", "sq", "lt"])
    def test_it_is_set_in_the_language_it_is_for(self, case, by, language):
        bundle = scene.choose(scene.begun(case, by, language=language), by)
        got = scene.opened(scene.made(bundle, by))
        assert got.manifest["language"] == language
        with translation.override(language):
            assert translation.gettext("Page {} of {}").partition("{")[0].strip() in got.paper
        assert "It went cold again" in got.paper

    def test_cyrillic_and_endless_words_are_set_whole(self, case, by):
        scene.write(case, "Опять холодно. " + "ы" * 3000, raw=None)
        paper = scene.opened(scene.made(scene.begun(case, by), by)).paper
        assert "Опять холодно." in paper
        assert paper.replace(" ", "").replace("\u200b", "").count("ы") >= 3000

    def test_quoted_history_is_folded_on_paper_and_whole_beside_it(self, case, by):
        scene.write(case, "It is warm.\n\n> an old line\n> another one\n", raw=None)
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "2 lines of quoted history are left out here" in got.paper
        assert "an old line" not in got.paper
        assert any(b"> an old line" in data for data in got.files.values())

    def test_a_very_long_text_ends_on_paper_and_is_whole_beside_it(self, case, by):
        scene.write(case, "word " * 13_000 + "the very end", raw=None)
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "The rest stands in the text file of this contact." in got.paper
        assert any(b"the very end" in data for data in got.files.values())

    def test_what_else_the_case_went_through_stands_there(self, case, by):
        go_outside(case, body=Body(name="The court", reference="9/26"), by=by, at=NOW)
        bundle = Bundle.objects.get()
        paper = scene.opened(scene.made(bundle, by)).paper
        assert "Their reference 9/26" in paper
        assert "The court, 9/26." in paper


class TestWhatIsNotInIt:
    @pytest.mark.requirement("S4-08")
    def test_a_black_passage_is_nowhere_in_it_not_even_where_it_is_quoted(self, case, by):
        told = scene.write(case)
        quoting = scene.write(case, f"As I wrote:\n\n> {SECRET[:20]}\n> {SECRET[20:]}\n")
        listed = scene.attach(quoting, ("list.txt", f"<b>{SECRET}</b>".encode()))
        bars = blacken(case, contact=told.pk, passage=SECRET, reason="health", by=by, at=NOW)
        bundle = scene.begun(case, by)
        got = scene.opened(scene.made(bundle, by))
        assert "diabetes" not in got.everything
        assert BLACK in got.files["contacts/0003-2026-03-29-email.txt"].decode()
        assert got.manifest["passages_blackened"] == len(bars)
        kept = kept_in(bundle)
        assert kept[Item.CONTACT, told.pk] is None
        assert kept[Item.MAIL, told.pk] is Kept.BLACKENED
        assert kept[Item.MAIL, quoting.pk] is Kept.BLACKENED
        assert kept[Item.FILE, listed[0]] is Kept.BLACKENED

    def test_a_letter_of_ours_that_says_it_stays_too(self, case, by):
        letter = case.decisions.get().responses.get().contact
        blacken(case, contact=letter.pk, passage="children", reason="x", by=by, at=NOW)
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "children" not in got.everything
        assert not any(name.startswith("files/") for name in got.files)

    def test_files_that_nobody_but_a_person_can_look_into_are_named(self, case, by):
        told = scene.write(case)
        [photo] = scene.attach(told, ("meter.png", _PNG))
        bundle = scene.begun(case, by)
        blacken(case, contact=told.pk, passage=SECRET, reason="x", by=by, at=NOW)
        assert photo in [line.pk for line in plan_of(bundle).unseen]

    def test_what_is_internal_stays_and_can_be_let_go(self, case, by):
        note = case.notes.get()
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "Between us" not in got.everything
        bundle = scene.choose(scene.begun(case, by), by, items={(Item.NOTE, note.pk): True})
        assert "Between us: the pump is old." in scene.opened(scene.made(bundle, by)).paper

    def test_remarks_beside_the_words_stay_and_can_be_let_go(self, case, by):
        told = scene.write(case, by=by, notes=((NOW, "She cried."),))
        remark = told.notes.get()
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "She cried" not in got.everything
        bundle = scene.choose(scene.begun(case, by), by, items={(Item.REMARK, remark.pk): True})
        assert "She cried." in scene.opened(scene.made(bundle, by)).paper

    def test_manners_never_leave(self, case, by):
        scene.write(case, by=by, manners=(Manner.HABITUAL_COMPLAINER,))
        assert (
            "complains often" not in scene.opened(scene.made(scene.begun(case, by), by)).everything
        )

    def test_whom_it_is_about_is_not_named_unless_that_was_chosen(self, case, by):
        scene.write(case, "Tomas Kazlauskas shouted. I wrote to Kazlausko boss.")
        got = scene.opened(scene.made(scene.begun(case, by), by))
        assert "Kazlausk" not in got.everything
        assert "the colleague shouted." in got.paper

    def test_how_to_reach_anybody_else_never_leaves(self, case, by):
        ona = make.person("Ona Petraitė", email="ona@post.example")
        add_contact_point(ona, kind=PointKind.TELEPHONE, value="+37061234567", by=by, at=NOW)
        seen = scene.write(
            case,
            "I saw it. Call 8 612 34 567.",
            person=ona,
            sender_address="other@post.example",
            raw=b"From: other@post.example\n\nI saw it.",
        )
        mine = scene.write(
            case, "Ask Ona.", raw=b"From: ruta@post.example\nCc: ona@post.example\n\nAsk."
        )
        bundle = scene.begun(case, by)
        got = scene.opened(scene.made(bundle, by))
        assert "Ona Petraitė" in got.paper
        assert "ruta@post.example" in got.paper
        for said in ("ona@post.example", "other@post.example", "612 34 567", "61234567"):
            assert said not in got.everything
        kept = kept_in(bundle)
        assert kept[Item.MAIL, seen.pk] is Kept.OF_ANOTHER
        assert kept[Item.MAIL, mine.pk] is Kept.BLACKENED

    def test_the_link_by_which_one_acts_as_the_customer_stays(self, case, by):
        got = scene.opened(scene.made(scene.begun(case, by), by))
        said = got.files["contacts/0002-2026-03-28-email.txt"].decode()
        assert f"/c/{case.reference}.{BLACK}/" in said

    def test_a_redacted_copy_leaves_instead_and_so_does_no_mail_with_the_original(self, case, by):
        told = scene.write(case)
        photo, copy = scene.attach(told, ("meter.png", _PNG), ("copy.png", _PNG + b" "))
        scene.register(case, file=photo, redacted=copy, by=by)
        bundle = scene.begun(case, by)
        names = scene.opened(scene.made(bundle, by)).files
        assert "files/0003-copy.png" in names
        assert "files/0003-meter.png" not in names
        kept = kept_in(bundle)
        assert kept[Item.FILE, photo] is Kept.REDACTED_COPY
        assert kept[Item.MAIL, told.pk] is Kept.IN_ORIGINAL

    def test_evidence_that_stays_keeps_its_file(self, case, by):
        told = scene.write(case)
        [photo] = scene.attach(told, ("meter.png", _PNG))
        piece = scene.register(case, file=photo, by=by)
        bundle = scene.choose(scene.begun(case, by), by, items={(Item.EVIDENCE, piece): False})
        got = scene.opened(scene.made(bundle, by))
        assert "A photograph of the meter" not in got.paper
        assert "files/0003-meter.png" not in got.files

    def test_a_contact_that_stays_takes_all_of_it_with_it(self, case, by):
        told = scene.write(case)
        scene.attach(told, ("meter.png", _PNG))
        first = case.case_contacts.order_by("at").first().contact_id
        items = {(Item.CONTACT, told.pk): False, (Item.CONTACT, first): False}
        bundle = scene.choose(scene.begun(case, by), by, items=items)
        got = scene.opened(scene.made(bundle, by))
        assert "diabetes" not in got.everything
        assert "3. A contact is left out" in got.paper
        assert "Nothing of it leaves here." in got.paper
        assert "It is no matter of this complaint." in got.paper

    def test_the_mail_can_stay_while_its_words_leave(self, case, by):
        told = scene.write(case)
        bundle = scene.choose(scene.begun(case, by), by, items={(Item.MAIL, told.pk): False})
        got = scene.opened(scene.made(bundle, by))
        assert not any(name.startswith("originals/") for name in got.files)
        assert "I say it again" in got.paper

    def test_a_file_that_is_lost_is_said_to_be_missing(self, case, by):
        told = scene.write(case)
        [photo] = scene.attach(told, ("meter.png", _PNG))
        path_of(told.attachments.get().sha256).unlink()
        bundle = scene.begun(case, by)
        assert scene.made(bundle, by).stage is Stage.READY
        assert kept_in(bundle)[Item.FILE, photo] is Kept.MISSING

    def test_so_is_a_mail(self, case, by):
        told = scene.write(case)
        Arrival.objects.filter(contact=told).update(raw=None, sha256="0" * 64)
        bundle = scene.begun(case, by)
        assert scene.made(bundle, by).stage is Stage.READY
        assert kept_in(bundle)[Item.MAIL, told.pk] is Kept.MISSING

    def test_parts_that_were_not_chosen_are_not_set(self, case, by):
        bundle = scene.choose(scene.begun(case, by), by, sections=())
        paper = scene.opened(scene.made(bundle, by)).paper
        for title in ("The journal", "Who read it", "What was weighed"):
            assert title not in paper
        bundle = scene.choose(scene.begun(case, by), by, sections=(Section.WEIGHED,))
        assert "Cost for us" in scene.opened(scene.made(bundle, by)).paper


class TestTheJob:
    def test_it_makes_what_was_asked_for_once(self, case, by):
        bundle = ask_for_bundle(scene.begun(case, by), by=by, at=NOW)
        for _time in range(2):
            make_asked_bundle(bundle_id=bundle.pk)
        assert Bundle.objects.get().stage is Stage.READY
        assert Bundle.objects.get().done == Bundle.objects.get().total > 4

    def test_what_goes_wrong_is_written_down_and_leaves_nothing_behind(self, case, by, settings):
        bundle = ask_for_bundle(scene.begun(case, by), by=by, at=NOW)
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        made_path("").write_bytes(b"a file where a folder should be")
        make_asked_bundle(bundle_id=bundle.pk)
        failed = Bundle.objects.get()
        assert (failed.stage, failed.error) == (Stage.FAILED, "FileExistsError")

    def test_a_second_maker_leaves_no_second_file(self, case, by):
        bundle = ask_for_bundle(scene.begun(case, by), by=by, at=NOW)
        first = making.make_bundle(Bundle.objects.get(), at=NOW)
        making.make_bundle(bundle, at=NOW.replace(hour=3))
        assert [path.name for path in made_path("").iterdir()] == [first.sha256]


_PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


class TestForMachines:
    def test_what_stands_on_paper_is_there_for_programs_part_by_part(self, case, by):
        scene.write(case)
        bundle = scene.choose(scene.begun(case, by), by)
        got = scene.opened(scene.made(bundle, by))
        told = json.loads(got.files["case.json"])
        assert (told["format"], told["reference"], told["language"]) == (1, case.reference, "en")
        assert ["For", scene.BODY] in told["cover"]
        titles = [each["title"] for each in told["sections"]]
        for title in titles:
            assert title in got.paper
        assert {"Who is in it", "Every contact", "What was decided"} & set(titles)
        [promises] = [each for each in told["sections"] if each["title"].startswith("Promises")]
        assert promises["blocks"][0]["kind"] in {"table", "para"}

    def test_whether_it_was_for_us_to_decide_and_why_is_in_both(self, case, by):
        Ruling.objects.create(
            case=case,
            ruled=Ruled.IN_SPITE,
            ground=Ground.LATE,
            reasons="They were in hospital.",
            happened_on=date(2019, 5, 4),
            by=by,
            at=NOW,
            taken_back_at=NOW,
            taken_back_why="It was in time after all.",
        )
        got = scene.opened(scene.made(scene.begun(case, by), by))
        told = got.files["case.json"].decode()
        for said in (
            "Whether it is for us to decide",
            "Admissible in spite of it: it is late",
            "They were in hospital.",
            "4 May 2019",
            "It was in time after all.",
        ):
            assert said in got.paper
            assert said in told
