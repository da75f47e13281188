from amends.contacts.channels.email.structure import DEEPEST, MOST_HEADERS, MOST_PARTS, parts_of
from amends.contacts.rules.messages import Problem
from tests.contacts.channels.email.messages import mail, part, parts


def shape(tree):
    return (tree.type, [shape(child) for child in tree.children]) if tree.children else tree.type


def test_a_message_is_a_tree_of_parts():
    inner = 'multipart/alternative; boundary="in"'
    alternative = part(
        inner, "--in\r\n\r\nplain\r\n--in\r\nContent-Type: text/html\r\n\r\nx\r\n--in--"
    )
    tree, problems = parts_of(parts(alternative, part("image/png", "x")))
    assert shape(tree) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), "image/png"],
    )
    assert [each.type for each in tree.walk()][-1] == "image/png"
    assert problems == []


def test_the_line_break_before_a_boundary_is_not_the_parts():
    tree, _problems = parts_of(parts(part("text/plain", "one\r\ntwo"), part("text/plain", "")))
    assert [child.body for child in tree.children] == [b"one\r\ntwo", b""]


def test_a_message_cut_short_keeps_what_came():
    raw = parts(part("text/plain", "one"), part("text/plain", "two")).partition(b"--edge--")[0]
    tree, problems = parts_of(raw)
    assert [child.body.strip() for child in tree.children] == [b"one", b"two"]
    assert problems == []


def test_a_part_of_a_part_ends_where_the_outer_one_does():
    unclosed = part('multipart/mixed; boundary="in"', "--in\r\n\r\ninner")
    tree, _problems = parts_of(parts(unclosed, part("text/plain", "outer")))
    assert tree.children[0].children[0].body == b"inner"
    assert tree.children[1].body == b"outer"


def test_a_wrong_boundary_is_guessed_from_the_body():
    raw = parts(part("text/plain", "one")).replace(b'boundary="edge"', b'boundary="else"')
    tree, problems = parts_of(raw)
    assert [child.body for child in tree.children] == [b"one"]
    assert problems == [Problem.BOUNDARY_MISSING]


def test_without_any_boundary_the_body_is_text():
    tree, problems = parts_of(mail("hello", Content_Type="multipart/mixed"))
    assert (tree.type, tree.body) == ("text/plain", b"hello")
    assert problems == [Problem.BOUNDARY_MISSING]


def test_the_parts_of_a_digest_are_messages():
    tree, _problems = parts_of(parts("\r\nSubject: one\r\n\r\nx", kind="digest"))
    assert tree.children[0].type == "message/rfc822"


def test_a_nest_is_read_to_a_depth_and_no_further():
    body = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1, 3000)
    )
    tree, problems = parts_of(
        mail(f"--b0\r\n{body}", Content_Type='multipart/mixed; boundary="b0"')
    )
    assert len(list(tree.walk())) == DEEPEST + 1
    assert problems == [Problem.NESTED_TOO_DEEPLY]


def test_parts_without_end_are_read_up_to_a_number():
    tree, problems = parts_of(parts(*["\r\nx"] * 3000))
    assert len(tree.children) < MOST_PARTS
    assert problems == [Problem.TOO_MANY_PARTS]


def test_envelope_lines_and_empty_lines_before_the_headers_are_passed_over():
    tree, _problems = parts_of(
        b"\r\nFrom ruta Fri Mar 27\r\n>From x\r\nSubject: a\r\n>From y\r\nTo: b\r\n\r\nc"
    )
    assert (tree.header("subject"), tree.header("to"), tree.body) == ("a", "b", b"c")


def test_a_line_that_was_wrapped_without_a_space_does_not_end_the_headers():
    tree, _problems = parts_of(b"X-Long: one\r\ntwo without a name\r\nSubject: a\r\n\r\nbody")
    assert (tree.header("subject"), tree.body) == ("a", b"body")


def test_a_missing_empty_line_does_not_lose_the_body():
    tree, _problems = parts_of(b"Subject: a\r\nhello there\r\nand more")
    assert (tree.header("subject"), tree.body) == ("a", b"hello there\r\nand more")


def test_folds_and_repeated_headers_are_kept():
    tree, _problems = parts_of(
        b"Subject: a\r\n b\r\nReceived: 1\r\nReceived: 2\r\n \r\nX: y\r\n\r\nx"
    )
    assert tree.header("subject") == "a\r\n b"
    assert tree.headers["received"] == ["1", "2\r\n "]
    assert tree.body == b"x"


def test_a_message_of_headers_alone_has_no_body():
    tree, problems = parts_of(b"Subject: a")
    assert (tree.header("subject"), tree.header("to"), tree.body) == ("a", "", b"")
    assert problems == []


def test_headers_without_end_are_cut():
    tree, problems = parts_of(b"X: y\r\n" * 5000 + b"\r\nbody")
    assert len(tree.headers["x"]) == MOST_HEADERS + 1
    assert problems == [Problem.HEADERS_CUT]
