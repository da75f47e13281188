import mmap

import pytest

from amends.imports.mail_files import files_under, messages_in, spans_of

FIRST = b"From a@b.c Fri Mar 27 15:00:00 2026\nSubject: one\n\nHello\n>From here on\n"
SECOND = b"From - \nX-Status: 1\nSubject: two\n\nHello again\n"


def split(raw):
    return [raw[start:end] for start, end in spans_of(raw)]


def test_an_mbox_is_cut_at_its_separators_and_nowhere_else():
    assert split(FIRST + b"\n" + SECOND) == [FIRST, SECOND]
    assert split(FIRST) == [FIRST]


def test_line_ends_of_the_wire_are_understood():
    first, second = (raw.replace(b"\n", b"\r\n") for raw in (FIRST, SECOND))
    assert split(first + b"\r\n" + second) == [first, second]


def test_what_is_no_mbox_is_one_message():
    raw = b"Subject: x\n\nFrom a@b.c Fri Mar 27 15:00:00 2026\nSubject: y\n"
    assert split(raw) == [raw]
    assert split(b"From now on it is cold.\n\nReally.") == [b"From now on it is cold.\n\nReally."]


def test_a_sentence_that_begins_like_a_separator_is_none():
    raw = FIRST + b"\nFrom now on:\nnothing\n\nFrom us to you\nNote: this\n"
    assert split(raw)[0].endswith(b"nothing\n")
    in_the_middle = FIRST + b"From us to you\nNote: this\n"
    assert split(in_the_middle) == [in_the_middle]


def test_a_separator_with_a_time_of_day_needs_no_empty_line():
    assert split(FIRST + b"From x Fri Mar 27 15:00:00 2026\nSubject: z\n\n")[0] == FIRST


def test_a_true_length_is_believed():
    body = b"From x Fri Mar 27 15:00:00 2026\nSubject: inner\n"
    first = b"From a\nContent-Length: %d\n\n%s" % (len(body), body)
    assert split(first + b"\n" + SECOND) == [first, SECOND]
    assert split(first) == [first]


def test_a_wrong_length_is_not():
    first = b"From a\nContent-Length: 3\n\nHello there\n"
    assert split(first + b"\n" + SECOND) == [first, SECOND]


def test_headers_without_end_tell_no_length():
    assert split(b"From a\nX: y\n") == [b"From a\nX: y\n"]


def test_a_mapped_file_is_cut_alike(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(FIRST + b"\n" + SECOND)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert [mapped[start:end] for start, end in spans_of(mapped)] == [FIRST, SECOND]


def test_the_messages_of_a_file_are_given_one_by_one(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(FIRST + b"\n" + SECOND)
    with messages_in(path) as messages:
        assert [bytes(raw) for raw in messages] == [FIRST, SECOND]


def test_an_empty_file_is_an_empty_message(tmp_path):
    path = tmp_path / "nothing"
    path.touch()
    with messages_in(path) as messages:
        assert [bytes(raw) for raw in messages] == [b""]


def test_folders_are_read_in_order_and_hidden_files_are_not(tmp_path):
    for name in ("b.eml", "a/2.eml", "a/1.eml", ".hidden", ".git/x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = [str(path.relative_to(tmp_path)) for path in files_under(tmp_path)]
    assert found == ["a/1.eml", "a/2.eml", "b.eml"]
    assert list(files_under(tmp_path / "b.eml")) == [tmp_path / "b.eml"]


def test_what_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(files_under(tmp_path / "nowhere"))
