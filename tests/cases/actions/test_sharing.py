"""A reply shared while it is written: read, taken over, remarked on, until it leaves."""

import pytest

from amends.cases.actions.correspondence import NoteSaysNothing
from amends.cases.actions.sharing import (
    DoesNotWorkOnIt,
    NothingToShare,
    NotSharedAnyMore,
    remark_on_reply,
    set_reply_aside,
    share_reply,
    stop_sharing,
    take_reply_over,
)
from amends.cases.actions.within import NotYours
from amends.cases.models.attention import Mention
from amends.cases.queries.pieces import writing_in
from amends.cases.queries.sharing import readers_for
from amends.contacts.actions.attachments import Upload
from amends.contacts.actions.draft_files import put_files
from amends.contacts.actions.drafts import Typing, WritesThemselves, drop_draft, keep_draft
from amends.contacts.models.drafting import Draft
from amends.contacts.queries.drafts import bytes_of, files_with
from amends.contacts.rules.kinds import DraftKind
from amends.notices.rules.reasons import Reason
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import entries, last_entry
from tests.make import NOW
from tests.told import told

pytestmark = pytest.mark.django_db
TEXT = "Dear Ms Petrauskienė,\n\nHe comes at four."


@pytest.fixture
def team():
    milda, jonas = make.staff("Milda Jankauskaitė"), make.staff("Jonas Kazlauskas")
    return make.team(members=(milda, jonas)), milda, jonas


@pytest.fixture
def milda(team):
    return team[1]


@pytest.fixture
def jonas(team):
    return team[2]


@pytest.fixture
def case(team, milda):
    return make.case(owner=milda, team_=team[0])


def key_of(case):
    return f"{case.reference}:reply"


def types(case, staff, text=TEXT, version=0):
    fields = {"reply-text": text, "reply-cc": "vet@post.example", "reply-bcc": ""}
    typing = Typing(DraftKind.COMPOSER, key_of(case), fields, version)
    return keep_draft(typing, by=staff, at=NOW)


@pytest.fixture
def shared(case, milda, jonas):
    types(case, milda)
    put_files(key_of(case), uploads=[Upload("plan.pdf", b"%PDF-1.4\n%%EOF\n")], by=milda, at=NOW)
    return share_reply(case, to=jonas, by=milda, at=NOW)


def test_a_colleague_is_told_once_and_reads_along(case, milda, jonas, shared):
    assert share_reply(case, to=jonas, by=milda, at=NOW) == shared
    assert told() == [(jonas, Reason.REPLY_SHARED)]
    types(case, milda, f"{TEXT} Or at five.", 1)
    [one] = writing_in(case, jonas).shared
    assert (one.author, one.copies) == (milda.name, "vet@post.example")
    assert one.text.endswith("Or at five.")
    assert [file.name for file in writing_in(case, jonas).shared_files] == ["plan.pdf"]
    assert [each.name for each in writing_in(case, milda).readers] == [jonas.name]
    assert entries().count("ReplyShared") == 1


@pytest.mark.usefixtures("shared")
def test_nobody_else_sees_it_and_nothing_of_it_stands_in_the_journal(case, team):
    vida = make.staff("Vida")
    team[0].members.add(vida)
    assert not writing_in(case, vida).shared
    assert not writing_in(case, vida).shared_files
    assert "four" not in str(last_entry())


def test_only_who_works_on_the_case_is_asked(case, milda, jonas):
    types(case, milda)
    stranger, senior = make.staff("Stranger"), make.staff("Senior", role=Role.SENIOR)
    readers = list(readers_for(case, milda))
    assert {jonas, senior} <= set(readers)
    assert not {stranger, milda} & set(readers)
    for nobody in (stranger, milda, make.staff("Auditor", role=Role.AUDITOR)):
        with pytest.raises(DoesNotWorkOnIt):
            share_reply(case, to=nobody, by=milda, at=NOW)
    case.owner = None
    assert stranger in readers_for(case, milda)
    case.owner = milda
    with pytest.raises(NotYours):
        share_reply(case, to=jonas, by=stranger, at=NOW)


def test_there_must_be_something_to_read(case, milda, jonas):
    with pytest.raises(NothingToShare):
        share_reply(case, to=jonas, by=milda, at=NOW)
    types(case, milda, "  ")
    with pytest.raises(NothingToShare):
        share_reply(case, to=jonas, by=milda, at=NOW)


def test_taken_over_it_stands_in_both_composers_with_its_files(case, milda, jonas, shared):
    mine = take_reply_over(case, pk=shared.pk, by=jonas, at=NOW)
    theirs = Draft.objects.get(staff=milda, key=key_of(case))
    assert mine.fields == theirs.fields
    for staff in (milda, jonas):
        [file] = files_with(staff, key_of(case))
        assert bytes_of(file) == b"%PDF-1.4\n%%EOF\n"
    assert entries()[-1] == "SharedReplyTakenOver"


def test_what_one_writes_oneself_is_never_overwritten(case, jonas, shared):
    draft = types(case, jonas, "Mine.")
    with pytest.raises(WritesThemselves):
        take_reply_over(case, pk=shared.pk, by=jonas, at=NOW)
    draft.fields = {"reply-text": " "}
    draft.save()
    taken = take_reply_over(case, pk=shared.pk, by=jonas, at=NOW)
    assert (taken.pk, taken.fields["reply-text"], taken.version) == (draft.pk, TEXT, 2)


def test_a_remark_is_a_note_that_names_the_author(case, milda, jonas, shared):
    note = remark_on_reply(case, pk=shared.pk, text=" Four is too late. ", by=jonas, at=NOW)
    assert note.text == "@milda.jankauskaite Four is too late."
    assert Mention.objects.get().staff == milda
    with pytest.raises(NoteSaysNothing):
        remark_on_reply(case, pk=shared.pk, text=" ", by=jonas, at=NOW)


def ends_when_taken_back(case, shared, by):
    stop_sharing(case, pk=shared.pk, by=by, at=NOW)
    stop_sharing(case, pk=shared.pk, by=by, at=NOW)
    assert entries().count("ReplySharingEnded") == 1


def ends_when_it_leaves(case, _shared, by):
    set_reply_aside(case, as_="1", fields={"reply-text": TEXT}, by=by, at=NOW)
    assert Draft.objects.get(staff=by, kind=DraftKind.SENT, key="1").fields == {"reply-text": TEXT}
    assert entries()[-1] == "ReplySharingEnded"


def ends_when_dropped(case, _shared, by):
    drop_draft(Draft.objects.get(staff=by, key=key_of(case)), by=by, at=NOW)


@pytest.mark.parametrize("ends", [ends_when_taken_back, ends_when_it_leaves, ends_when_dropped])
def test_sharing_ends(case, milda, jonas, shared, ends):
    ends(case, shared, milda)
    assert not writing_in(case, jonas).shared
    assert not writing_in(case, milda).readers
    with pytest.raises(NotSharedAnyMore):
        take_reply_over(case, pk=shared.pk, by=jonas, at=NOW)
    with pytest.raises(NotSharedAnyMore):
        remark_on_reply(case, pk=shared.pk, text="So?", by=jonas, at=NOW)


def test_nobody_but_its_author_takes_it_back(case, jonas, shared):
    stop_sharing(case, pk=shared.pk, by=jonas, at=NOW)
    assert writing_in(case, jonas).shared
