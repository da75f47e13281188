import hashlib

from amends.imports.explaining import explain
from tests.contacts.channels.email.messages import mail, part, parts

CHECKED = "mx.care.example; dmarc=pass header.from=example.lt"


def test_everything_that_is_read_is_told():
    text = "At four.\r\n\r\nOn 3 May 2026 at 3:04, M. <m@care.example> wrote:\r\n> When?"
    file = part("image/png", "PNG", Content_Disposition="attachment; filename=a.png")
    raw = parts(part("text/plain", text), file)
    told = explain(raw, trusted=[]).told
    assert told["sender"] == {"name": "Rūta Kazlauskienė", "address": "ruta@example.lt"}
    assert told["to"] == [{"name": "", "address": "care@water.example"}]
    assert (told["subject"], told["date"]) == ("Cold again", "2026-03-27T15:00:00+02:00")
    assert told["visible_text"] == "At four."
    [folded] = told["folded"]
    assert folded["kind"] == "quoted"
    assert folded["text"].endswith("> When?")
    [attached] = told["attachments"]
    assert (attached["name"], attached["size"]) == ("a.png", 3)
    assert attached["sha256"] == hashlib.sha256(b"PNG").hexdigest()
    assert (told["automatic"], told["bounces"], told["spam"], told["problems"]) == (
        None,
        [],
        None,
        [],
    )
    assert (told["sha256"], told["size"]) == (hashlib.sha256(raw).hexdigest(), len(raw))


def test_the_layout_is_told_as_it_is_shown():
    html = part("text/html", "<p>Cold<script>alert(1)</script></p><img src=cid:a@b>")
    told = explain(parts(part("text/plain", "Cold"), html, kind="alternative"), trusted=[]).told
    assert told["html"].strip() == "<p>Cold</p><img>"
    assert explain(mail(), trusted=[]).told["html"] == ""


def test_only_a_trusted_server_is_believed():
    raw = mail(Authentication_Results=CHECKED)
    assert explain(raw, trusted=["mx.care.example"]).told["authentication"] == {
        "standing": "proven",
        "by": "mx.care.example",
        "checks": [{"method": "dmarc", "result": "pass", "about": "example.lt"}],
        "not_believed": [],
    }
    told = explain(raw, trusted=[]).told["authentication"]
    assert (told["standing"], told["by"], told["checks"]) == ("unknown", None, [])
    assert told["not_believed"]


def test_a_mail_without_a_sender_is_told_too():
    raw = mail(From="", X_Spam_Flag="YES")
    told = explain(raw, trusted=[]).told
    assert told["sender"] is None
    assert told["problems"] == ["no-sender"]
    assert told["spam"] == {"is_spam": True, "by": "x-spam-flag: YES"}
