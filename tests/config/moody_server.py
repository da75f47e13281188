"""A mail server in the moods that servers have: `python moody_server.py PORT SEED FILE`.

It puts a connection off, refuses for now at every step, breaks the line before and after the last
dot, and lets wait for its answer. What it takes is written to FILE first, a line a copy: `took` and
the address. `cut` and the address is written where nobody can know whether it was taken.
"""

import asyncio
import random
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

WAIT_SECONDS = (0.2, 1.0)
# Of a hundred mails, how many go well at once, how many after a while, and so on.
MOODS = {
    "well": 35,
    "slowly": 25,
    "not-now-from": 5,
    "not-now-to": 5,
    "not-now-said": 5,
    "cut-at-from": 5,
    "cut-untaken": 5,
    "cut-taken": 10,
    "busy": 5,
}


class Moody:
    """Answers each connection in another mood; by one seed, the moods come in one order."""

    def __init__(self, seed: int, file: Path) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - chance, no secret
        # Of its own: how long it lets wait changes no mood that follows.
        self._waits = random.Random(seed)  # noqa: S311 - chance, no secret
        self._file = file

    def mood(self) -> str:
        """Return the mood for the next connection."""
        [mood] = self._chance.choices(list(MOODS), list(MOODS.values()))
        return mood

    async def handle_MAIL(  # noqa: N802 - as aiosmtpd calls it
        self,
        server: "Door",
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if server.mood == "cut-at-from":
            server.cut()
        if server.mood == "not-now-from":
            return "451 4.3.0 not now"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self,
        server: "Door",
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if server.mood == "not-now-to":
            return "450 4.2.0 greylisted"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - as aiosmtpd calls it
        self, server: "Door", _session: Session, envelope: Envelope
    ) -> str:
        [address] = envelope.rcpt_tos
        if server.mood == "not-now-said":
            return "452 4.3.1 no room"
        if server.mood == "cut-untaken":
            self._write("cut", address)
            server.cut()
            return "451 nobody hears this"
        self._write("took", address)
        if server.mood == "cut-taken":
            self._write("cut", address)
            server.cut()
        elif server.mood == "slowly":
            await asyncio.sleep(self._waits.uniform(*WAIT_SECONDS))
        return "250 2.0.0 taken"

    def _write(self, what: str, address: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{what} {address}\n")


class Door(SMTP):
    """One connection, which has one mood."""

    def __init__(self, moody: Moody) -> None:
        super().__init__(moody, hostname="mx.example.lt")
        self.mood = moody.mood()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.mood == "busy":
            self.cut()

    def cut(self) -> None:
        """Break the line."""
        transport: Any = self.transport
        transport.abort()


async def serve(port: int, seed: int, file: Path) -> None:
    """Take mail until killed."""
    moody = Moody(seed, file)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(moody), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
