"""What reaches the log, as the handler would write it."""

import json
import logging

import pytest
import structlog
from django.conf import settings
from django.test import RequestFactory


@pytest.fixture
def written():
    """Return what a logger's call would put on the line."""
    formatter = dict(settings.LOGGING["formatters"]["lines"])
    kind = formatter.pop("()")
    lines = kind(**formatter)
    caught: list[str] = []

    class Catch(logging.Handler):
        def emit(self, record):
            caught.append(lines.format(record))

    handler = Catch()
    logging.getLogger().addHandler(handler)
    yield lambda: json.loads(caught[-1])
    logging.getLogger().removeHandler(handler)


def test_an_event_is_one_line_with_its_facts(written):
    structlog.get_logger("amends.mail").warning("mail_held", letter=7)
    line = written()
    facts = (line["event"], line["level"], line["logger"], line["letter"])
    assert facts == ("mail_held", "warning", "amends.mail", 7)
    assert line["timestamp"].endswith("Z")


def test_a_library_that_logs_plainly_is_written_alike(written):
    logging.getLogger("some.library").warning("took %s s", 3)
    assert written()["event"] == "took 3 s"


def fail(whom):
    raise ValueError(f"{whom} has no telephone")


def test_an_error_tells_its_kind_and_place_and_not_its_words(written):
    try:
        try:
            fail("Rūta")
        except ValueError as problem:
            raise RuntimeError("Rūta was not called") from problem
    except RuntimeError:
        structlog.get_logger().exception("call_failed")
    line = written()
    assert line["problem"] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert line["places"][-1].startswith(__file__)
    assert "Rūta" not in json.dumps(line, ensure_ascii=False)


def test_a_failed_request_tells_its_route_and_not_its_address(written, client, monkeypatch):
    request = RequestFactory().get("/case/the-secret-of-a-link")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500}
    )
    line = written()
    assert (line["event"], line["route"], line["status"]) == ("request", "", 500)
    assert "the-secret-of-a-link" not in json.dumps(line)
