"""A DNS server, real and on loopback, that tells the texts of a few names."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def telling(texts: Mapping[str, list[str]], *, silent: bool = False) -> Iterator[None]:
    """Let names be looked up at a server that tells `texts`, or says nothing if it is `silent`."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=_answer, args=(line, texts, silent), daemon=True)
    before, ours = dns.resolver.default_resolver, dns.resolver.Resolver(configure=False)
    ours.nameservers, ours.port = ["127.0.0.1"], line.getsockname()[1]
    dns.resolver.default_resolver = ours
    thread.start()
    try:
        yield
    finally:
        dns.resolver.default_resolver = before
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", ("127.0.0.1", ours.port))
        thread.join()
        line.close()


def _answer(line: socket.socket, texts: Mapping[str, list[str]], silent: bool) -> None:  # noqa: FBT001 - a thread's argument
    while True:
        asked, whom = line.recvfrom(4096)
        if not asked:
            return
        if silent:
            continue
        query = dns.message.from_wire(asked)
        name = query.question[0].name
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if found := texts.get(name.to_text().rstrip(".")):
            told = [
                " ".join(f'"{each[at : at + 200]}"' for at in range(0, len(each), 200))
                for each in found
            ]
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *told))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        line.sendto(answer.to_wire(), whom)
