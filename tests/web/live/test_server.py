"""The streams of the real server: two clients, and a hundred that come and go."""

import http.client
import json
import re
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import quote

import pytest

from amends.cases.actions.correspondence import add_note
from tests import make
from tests.served import cookie_of, served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
SOON_SECONDS = 2.0


@dataclass
class Follower:
    """Somebody whose page is open: what its stream said, and when."""

    port: int
    cookie: str
    shown: str
    heard: list[tuple[float, str, str]] = field(default_factory=list)
    reading: Thread | None = None

    def begin(self) -> "Follower":
        self.asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        path = f"/live/stream?pass={quote(self.shown)}"
        self.asked.request("GET", path, headers={"Cookie": self.cookie})
        self.socket = self.asked.sock
        self.answer = self.asked.getresponse()
        assert self.answer.status == http.client.OK
        return self

    def listen(self) -> None:
        self.reading = Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        name = ""
        try:
            for line in self.answer:
                text = line.decode().rstrip()
                if text.startswith("event: "):
                    name = text.removeprefix("event: ")
                elif text.startswith("data: "):
                    self.heard.append((time.monotonic(), name, text.removeprefix("data: ")))
        except (OSError, ValueError, AttributeError):
            return

    def wait_for(self, name: str, within: float, holds=lambda _data: True) -> float:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for at, heard, data in list(self.heard):
                if heard == name and holds(json.loads(data)):
                    return at
            time.sleep(0.01)
        raise AssertionError(f"no {name} in {within} s: {self.heard}")

    def end(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        if self.reading:
            self.reading.join(5)
        self.answer.close()
        self.asked.close()
        self.socket.close()


def pass_in(page: str) -> str:
    found = re.search(r'data-pass="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


@pytest.fixture
def ground(tmp_path_factory):
    make.organisation()
    milda, jonas = make.staff("Milda Jankauskaitė"), make.staff("Jonas Petraitis")
    make.team(members=(milda, jonas))
    return make.case(owner=milda), milda, jonas


def follower(running, staff, path):
    cookie = cookie_of(staff)
    status, page = running.get(path, cookie)
    assert status == http.client.OK
    return Follower(running.port, cookie, pass_in(page)).begin()


def test_what_one_does_the_others_hear_within_two_seconds(ground, tmp_path):
    case, milda, jonas = ground
    with served(tmp_path) as running:
        page = f"/cases/{case.reference}/"
        both = [follower(running, one, page) for one in (milda, jonas)]
        for one in both:
            one.listen()
        both[0].wait_for("company", SOON_SECONDS, lambda told: told["here"] == [jonas.pk])
        both[1].wait_for("company", SOON_SECONDS, lambda told: told["here"] == [milda.pk])

        began = time.monotonic()
        add_note(case, text="The valve is ordered.", by=jonas, at=make.NOW)

        for one in both:
            heard = one.wait_for("news", SOON_SECONDS, lambda told: f"case:{case.pk}" in told)
            assert heard - began < SOON_SECONDS
        both[1].end()
        both[0].wait_for("company", 10, lambda told: told["here"] == [])

        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(10) == 0
        assert time.monotonic() - began < 5
        both[0].wait_for("end", 1)
        both[0].end()


def test_a_hundred_streams_leave_nothing_behind(ground, tmp_path):
    case, milda, _jonas = ground
    with served(tmp_path) as running:
        cookie = cookie_of(milda)
        status, page = running.get(f"/cases/{case.reference}/", cookie)
        assert status == http.client.OK
        for _warm in range(4):
            running.get("/healthz")
        shown = pass_in(page)
        before = running.open_files()
        for _ in range(100):
            Follower(running.port, cookie, shown).begin().end()
        deadline = time.monotonic() + 10
        while running.open_files() > before + 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert running.open_files() <= before + 2


def test_nobody_follows_with_the_pass_of_another(ground, tmp_path):
    case, milda, jonas = ground
    with served(tmp_path) as running:
        shown = quote(pass_in(running.get(f"/cases/{case.reference}/", cookie_of(milda))[1]))
        stream = f"/live/stream?pass={shown}"
        assert running.get(stream, cookie_of(jonas))[0] == http.client.FORBIDDEN
        assert running.get(stream)[0] == http.client.FORBIDDEN
        assert running.get("/live/stream?pass=abc", cookie_of(milda))[0] == http.client.FORBIDDEN
        assert (
            running.get(f"/live/other?pass={shown}", cookie_of(milda))[0] == http.client.NOT_FOUND
        )
