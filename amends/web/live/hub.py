"""Who follows what in this process, and who is where in all of them. No input, no output.

What happens is told by the database to every process (`amends.web.live.listening`), which tells the
clients that follow it. A client that is slow keeps nobody waiting and fills nothing: what was told
twice before it looked is told once.
"""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.web.live.passes import HOLDS_SECONDS, Pass

MOST_OF_ONE = 8
# Each process says who is with it more often than others forget it.
SAYS_EVERY = 4.0
FORGETS_AFTER = 9.0
LEAVES_AFTER = 5.0
TYPES_FOR = 6.0


@dataclass(frozen=True, slots=True)
class Company:
    """Who else is where a client is, and who of them is writing; keys of colleagues, in order."""

    here: tuple[int, ...] = ()
    typing: tuple[int, ...] = ()


@dataclass(eq=False, slots=True)
class Client:
    """One open page. `news`: the topics it has yet to hear of; `again`: it may have missed some."""

    its: Pass
    number: int
    news: dict[str, str] = field(default_factory=dict)
    again: bool = False
    ended: str = ""
    company: Company = field(default_factory=Company)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, topic: str, detail: str) -> None:
        self.news[topic] = detail
        self.woken.set()

    def tell_to_ask_again(self) -> None:
        self.again = True
        self.woken.set()

    def end(self, why: str) -> None:
        self.ended = why
        self.woken.set()


class Hub:
    """The clients of this process. `outbox` holds what is to be said to the other processes."""

    def __init__(self) -> None:
        self.clients: dict[str, set[Client]] = defaultdict(set)
        self.of: dict[int, list[Client]] = defaultdict(list)
        self.here: dict[str, dict[int, float]] = defaultdict(dict)
        self.typing: dict[str, dict[int, float]] = defaultdict(dict)
        self.heard: dict[str, float] = {}
        self.outbox: dict[str, None] = {}
        self.listening_since: float | None = None
        self._numbers = itertools.count(1)
        self._said_at = 0.0

    def enter(self, its: Pass) -> Client:
        """Let a client follow what its pass says; the oldest of too many of one person ends."""
        client = Client(its, next(self._numbers))
        mine = self.of[its.staff]
        mine.append(client)
        if len(mine) > MOST_OF_ONE:
            mine[0].end("enough")
            self.leave(mine[0])
        for topic in its.topics:
            self.clients[topic].add(client)
        if its.place:
            self.clients[its.place].add(client)
            self._say("here", its.place, its.staff)
        if self.listening_since is None or its.made_at < self.listening_since:
            client.again = True
        for topic in its.topics:
            if self.heard.get(topic, 0.0) >= its.made_at:
                client.news[topic] = ""
        client.woken.set()
        return client

    def leave(self, client: Client) -> None:
        """Forget a client; its place hears of it unless the same colleague is still there."""
        its = client.its
        if client not in self.of.get(its.staff, ()):
            return
        self.of[its.staff].remove(client)
        if not self.of[its.staff]:
            del self.of[its.staff]
        for topic in {*its.topics, its.place} - {""}:
            self.clients[topic].discard(client)
            if not self.clients[topic]:
                del self.clients[topic]
                self.typing.pop(topic, None)
                self.here.pop(topic, None)
        if its.place and not any(c.its.place == its.place for c in self.of.get(its.staff, ())):
            self._say("gone", its.place, its.staff)

    def hear(self, told: str, *, at: float, wall: float) -> None:
        """Take in what the database told: `WHAT TOPIC DETAIL`. `wall` is the time of passes."""
        what, _, rest = told.partition(" ")
        topic, _, detail = rest.partition(" ")
        if what == "news":
            self.heard[topic] = wall
            for client in self.clients.get(topic, ()):
                client.tell(topic, detail)
        elif topic in self.clients and detail.isascii() and detail.isdigit():
            self._hear_of(what, topic, int(detail), at)

    def _hear_of(self, what: str, topic: str, staff: int, at: float) -> None:
        until = {
            "here": (self.here, at + FORGETS_AFTER),
            "gone": (self.here, at + LEAVES_AFTER),
            "typing": (self.typing, at + TYPES_FOR),
            "still": (self.typing, at),
        }.get(what)
        if until is None:
            return
        kept, moment = until
        is_new = what == "here" and staff not in kept[topic]
        if what in {"here", "typing"} or staff in kept[topic]:
            kept[topic][staff] = moment
        self._wake(topic)
        if is_new:
            self._answer(topic)

    def _answer(self, topic: str) -> None:
        """Say who is here, so that whoever came knows at once."""
        for staff in {c.its.staff for c in self.clients.get(topic, ()) if c.its.place == topic}:
            self._say("here", topic, staff)

    def begin_listening(self, *, wall: float) -> None:
        """From now on everything is heard; what happened before may have been missed."""
        self.listening_since = wall
        for client in self.everybody():
            client.tell_to_ask_again()
        self._said_at = 0.0

    def sweep(self, *, at: float, wall: float) -> None:
        """Forget who has gone and what is long past; say again who is here."""
        for kept in (self.here, self.typing):
            for topic, known in list(kept.items()):
                gone = [staff for staff, until in known.items() if until <= at]
                for staff in gone:
                    del known[staff]
                if gone:
                    self._wake(topic)
                if not known:
                    del kept[topic]
        if at - self._said_at >= SAYS_EVERY:
            self._said_at = at
            self._say_again(wall - HOLDS_SECONDS)

    def _say_again(self, past: float) -> None:
        self.heard = {topic: heard for topic, heard in self.heard.items() if heard > past}
        for client in self.everybody():
            if client.its.place:
                self._say("here", client.its.place, client.its.staff)

    def company_of(self, client: Client) -> Company:
        """Return who else is where `client` is, and who writes there."""
        its = client.its
        typing = {s for topic in its.topics for s in self.typing.get(topic, ()) if s != its.staff}
        here = {s for s in self.here.get(its.place, ()) if s != its.staff}
        return Company(tuple(sorted(here | typing)), tuple(sorted(typing)))

    def everybody(self) -> Iterator[Client]:
        return itertools.chain.from_iterable(list(self.of.values()))

    def end_all(self) -> None:
        """End every stream, because the server stops."""
        for client in list(self.everybody()):
            client.end("stop")

    def _say(self, what: str, topic: str, staff: int) -> None:
        self.outbox[f"{what} {topic} {staff}"] = None

    def _wake(self, topic: str) -> None:
        for client in self.clients.get(topic, ()):
            client.woken.set()
