import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.channels.email.tnef import DEEPEST, MOST_FILES, Package, unpacked
from amends.contacts.rules.messages import Shape
from tests.contacts.channels.email.messages import part, parts
from tests.contacts.channels.email.packages import (
    HEAD,
    binary,
    file,
    number,
    piece,
    properties,
    words,
)

NAME, MEDIA_TYPE, CONTENT_ID, OBJECT, BODY, HTML = 0x3707, 0x370E, 0x3712, 0x3701, 0x1000, 0x1013
IN_MANY_WAYS = (
    struct.pack("<HH16sII", 3, 0x8001, b"", 0, 7) + struct.pack("<I", 9)
    + struct.pack("<HH16sII", 3, 0x8002, b"", 1, 6) + b"ab\0\0cd\0\0" + struct.pack("<I", 9)
    + struct.pack("<HHIII", 0x1003, 0x1234, 2, 1, 2)
    + struct.pack("<HHI", 0x1003, 0x1235, 0)
)  # fmt: skip


def mailed(package: bytes):
    carried = part("application/ms-tnef; name=winmail.dat", package.decode("latin-1"))
    return read_mail(parts(carried).replace(carried.encode(), carried.encode("latin-1")))


def test_the_files_in_a_package_are_files_of_the_mail():
    package = HEAD + file(
        b"Cold.",
        words(NAME, "Šalta žiema.txt"),
        words(MEDIA_TYPE, "text/plain"),
        words(CONTENT_ID, "<a@b>"),
    )
    carrier, taken = mailed(package + file(b"", words(NAME, "empty.txt"))).attachments
    assert carrier.file_name == "winmail.dat"
    assert (taken.file_name, taken.data) == ("Šalta žiema.txt", b"Cold.")
    assert (taken.declared_type, taken.type) == ("text/plain", "text/plain")
    assert (taken.shape, taken.content_id) == (Shape.INLINE, "a@b")


def test_a_file_may_have_a_short_name_only_or_none():
    names = [each.name for each in unpacked(HEAD + file(b"1") + file(b"2", title=b"")).files]
    assert names == ["SHORT~1.TXT", ""]
    assert mailed(HEAD + file(b"%PDF-1", title=b"")).attachments[1].file_name == "file"


def test_the_text_of_a_package_is_the_text_of_a_mail_that_has_no_other():
    plain = piece(0x9003, properties(words(BODY, "It is cold.\r\n")))
    read = mailed(HEAD + plain)
    assert (read.text.strip(), read.from_html) == ("It is cold.", False)
    html = properties(number(0x3FDE, 1257), binary(HTML, "<p>Šalta.</p>".encode("cp1257")))
    read = mailed(HEAD + piece(0x9003, html))
    assert (read.text, read.from_html) == ("Šalta.", True)


def test_a_text_may_stand_outside_the_properties_in_a_code_page():
    page = piece(0x9007, struct.pack("<II", 1251, 0))
    assert unpacked(HEAD + page + piece(0x800C, "Холодно\0".encode("cp1251"))).text == "Холодно"
    unknown = piece(0x9007, struct.pack("<II", 4711, 0))
    assert unpacked(HEAD + unknown + piece(0x800C, b"cold")).text == "cold"


def test_properties_of_every_shape_are_passed_over():
    told = properties(*[IN_MANY_WAYS, b"", b"", b"", words(BODY, "cold")])
    assert unpacked(HEAD + piece(0x9003, told)).text == "cold"


def test_an_embedded_message_gives_its_text_and_its_files():
    inner = HEAD + piece(0x9003, properties(words(BODY, "Inside"))) + file(b"deep")
    embedded = binary(OBJECT, b"\0" * 16 + inner, kind=0x0D)
    outer = unpacked(HEAD + file(b"", embedded))
    assert [each.data for each in outer.files] == [b"Inside", b"deep"]


def test_an_object_that_is_no_message_is_a_file():
    embedded = binary(OBJECT, b"plain bytes of an object", kind=0x0D)
    assert unpacked(HEAD + file(b"", embedded)).files[0].data == b"plain bytes of an object"


def test_a_deep_nest_and_a_crowd_end():
    nest = HEAD + file(b"bottom")
    for _level in range(10):
        nest = HEAD + file(b"level", binary(OBJECT, b"\0" * 16 + nest, kind=0x0D))
    assert len(unpacked(nest).files) <= DEEPEST
    assert len(unpacked(HEAD + file(b"1") * (MOST_FILES + 5)).files) == MOST_FILES


@pytest.mark.parametrize("cut", range(0, 150, 7))
def test_a_cut_package_is_read_as_far_as_it_goes(cut):
    whole = HEAD + piece(0x9003, properties(words(BODY, "cold"))) + file(b"data", words(NAME, "x"))
    assert unpacked(whole[:cut]).text in {"", "cold", "col", "co", "c"}


@given(st.binary(max_size=300), st.sampled_from([b"", struct.pack("<BHHI", 1, 0x9003, 6, 200)]))
def test_nothing_raises(data, begun):
    assert isinstance(unpacked(HEAD + begun + data), Package)
