"""An issuer of OAuth 2 tokens on loopback, which asks nobody and allows everything once."""

import json
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from amends.contacts.rules.consent import challenge_of

CLIENT_ID, CLIENT_SECRET = "amends", "client secret"


class Issuer(ThreadingHTTPServer):
    """user: whose mailbox it is. ended: whether the owner took everything back."""

    def __init__(self, user: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.user = user
        self.codes: dict[str, str] = {}
        self.refreshing: set[str] = set()
        self.access: set[str] = set()
        self.seconds = 3600
        self.ended = self.for_once = False
        self.answer: tuple[int, bytes] | None = None

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def allow(self, way: str) -> str:
        """Return where the owner's browser is sent after it was allowed at the address `way`."""
        asked = dict(parse_qs(urlsplit(way).query))
        assert asked["client_id"] == [CLIENT_ID]
        assert asked["code_challenge_method"] == ["S256"]
        code = secrets.token_urlsafe()
        self.codes[code] = asked["code_challenge"][0]
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    def given(self) -> dict[str, Any]:
        access, refresh = secrets.token_urlsafe(), secrets.token_urlsafe()
        self.access, self.refreshing = {access}, {refresh}
        told = {"access_token": access, "expires_in": self.seconds, "token_type": "Bearer"}
        return told if self.for_once else told | {"refresh_token": refresh}

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if asked["client_secret"] != CLIENT_SECRET:
            return 401, {"error": "invalid_client"}
        if asked["grant_type"] == "refresh_token":
            known = not self.ended and asked["refresh_token"] in self.refreshing
        else:
            challenge = self.codes.pop(asked["code"], "")
            known = challenge == challenge_of(asked["code_verifier"])
        return (200, self.given()) if known else (400, {"error": "invalid_grant"})

    def tokeninfo(self, token: str) -> tuple[int, dict[str, Any]]:
        if self.ended or token not in self.access:
            return 401, {"error": "invalid_token"}
        return 200, {"email": self.user, "active": True}


class _Answering(BaseHTTPRequestHandler):
    server: Issuer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.server.answer:
            self._say(*self.server.answer)
            return
        status, told = self.server.token({name: each[0] for name, each in parse_qs(body).items()})
        self._say(status, json.dumps(told).encode())

    def do_GET(self) -> None:
        token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
        status, told = self.server.tokeninfo(token)
        self._say(status, json.dumps(told).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing on the terminal."""
