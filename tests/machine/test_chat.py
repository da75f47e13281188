"""Asking a model over the wire: within its time, within its bounds, and never more than that."""

import threading
import time

import pytest

from amends.machine.channels import chat
from amends.machine.channels.chat import AT_ONCE, Place, ask
from amends.machine.rules.uses import Failure
from tests.machine.model_server import Manners, serving

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost"])]
BODY = b'{"messages": [{}, {"content": "x"}]}'


def outcome(patience=60.0, **manners):
    with serving(Manners(**manners)) as model:
        reply = ask(BODY, model.place(patience_seconds=patience))
    return reply.failure or reply.text


def test_a_text_comes_back_and_the_key_goes_along():
    with serving(Manners()) as model:
        assert ask(BODY, model.place(key="secret")).text == "The customer is cold."
        assert ask(BODY, model.place()).text
    headers, _body = model.asked[0]
    assert (headers["path"], headers["Authorization"]) == ("/v1/chat/completions", "Bearer secret")
    assert "Authorization" not in model.asked[1][0]


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (429, Failure.BUSY),
        (503, Failure.BUSY),
        (401, Failure.TURNED_AWAY),
        (500, Failure.NO_ANSWER),
        (302, Failure.NO_ANSWER),
    ],
)
def test_what_a_server_refuses_with_is_told(status, failure):
    assert outcome(status=status) is failure


def test_what_is_no_answer_or_too_much_is_told(monkeypatch):
    assert outcome(raw=b"<html>no</html>") is Failure.NO_ANSWER
    monkeypatch.setattr(chat, "MOST_BYTES", 1_000)
    assert outcome(text="a" * 5_000) is Failure.NO_ANSWER


def test_a_server_that_hangs_or_drips_is_left():
    assert outcome(patience=0.3, silent_seconds=60) is Failure.TOO_SLOW
    assert outcome(patience=0.3, drips=True) is Failure.TOO_SLOW


def test_where_nobody_listens_is_told():
    with serving(Manners()) as model:
        place = model.place()
    assert ask(BODY, place).failure is Failure.UNREACHABLE
    assert ask(BODY, Place("https://127.0.0.1:1/v1")).failure is Failure.UNREACHABLE


def test_no_more_than_a_few_ask_at_once():
    with serving(Manners(silent_seconds=60)) as model:
        waiting = [
            threading.Thread(target=ask, args=(BODY, model.place())) for _each in range(AT_ONCE)
        ]
        for one in waiting:
            one.start()
        while len(model.asked) < AT_ONCE:
            time.sleep(0.01)
        assert ask(BODY, model.place()).failure is Failure.BUSY
    for one in waiting:
        one.join()
