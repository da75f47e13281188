"""A real Dovecot on loopback, with certificates, users and folders of its own."""

import contextlib
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imap_tools.utils import encode_folder

USER, PASSWORD = "care", "pass word"
PATIENCE_SECONDS = 30
MAIL_USER = "mail"


def find_dovecot() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class Dovecot:
    """capability: what it says that it can, in the place of what it can."""

    capability: str = ""
    more: str = ""
    home: Path = field(
        default_factory=lambda: Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    )
    ports: dict[str, int] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.ports = self.ports or {
            name: _free_port() for name in ("imap", "imaps", "pop3", "pop3s")
        }
        self.home.chmod(0o755)
        _write_certificates(self.home)
        (self.home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        mail = self.home / "mail"
        mail.mkdir(exist_ok=True)
        if os.getuid() == 0:
            os.chown(mail, pwd.getpwnam(MAIL_USER).pw_uid, pwd.getpwnam(MAIL_USER).pw_gid)
        (self.home / "dovecot.conf").write_text(self._configuration())
        self.process = subprocess.Popen(
            [str(find_dovecot()), "-F", "-c", str(self.home / "dovecot.conf")]
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(self.ports["imaps"]):
            assert time.monotonic() < deadline, (self.home / "log").read_text()
            time.sleep(0.05)
        with self.client():
            pass  # the folders are made when somebody comes in for the first time

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE_SECONDS)
            self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def authority(self) -> str:
        return (self.home / "authority.pem").read_text()

    @contextlib.contextmanager
    def client(self, folder: str = "INBOX"):
        context = ssl.create_default_context(cadata=self.authority)
        client = imaplib.IMAP4_SSL("127.0.0.1", self.ports["imaps"], ssl_context=context)
        client.login(USER, PASSWORD)
        client.select(encode_folder(folder).decode())
        try:
            yield client
        finally:
            client.logout()

    def receive(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder, as if they had just come."""
        with self.client() as client:
            for mail in mails:
                kind, told = client.append(encode_folder(folder).decode(), "", None, mail)
                assert kind == "OK", told

    def receive_many(self, mails: list[bytes]) -> None:
        """Put mails into the inbox as a mail server on this machine does: as files."""
        new = self.home / "mail" / USER / "new"
        owner = new.stat()
        for number, mail in enumerate(mails):
            path = new / f"{time.time_ns()}.{number}.test"
            path.write_bytes(mail)
            os.chown(path, owner.st_uid, owner.st_gid)

    def make_folder(self, name: str) -> None:
        with self.client() as client:
            client.create(encode_folder(name).decode())

    def uids(self, folder: str = "INBOX", search: str = "ALL") -> list[int]:
        with self.client(folder) as client:
            return [int(uid) for uid in client.uid("SEARCH", search)[1][0].split()]

    def flags(self, folder: str = "INBOX") -> list[str]:
        with self.client(folder) as client:
            lines = client.fetch("1:*", "(FLAGS)")[1]
            return [line.decode().partition("(FLAGS (")[2].rstrip(")") for line in lines if line]

    def number_anew(self) -> None:
        """Let the folder have a new UIDVALIDITY and new uids, as after a move to another server."""
        self.stop()
        for path in (self.home / "mail" / USER).glob("dovecot*"):
            path.unlink()
        self.start()

    def _configuration(self) -> str:
        uid, gid = (
            (pwd.getpwnam(MAIL_USER).pw_uid, pwd.getpwnam(MAIL_USER).pw_gid)
            if os.getuid() == 0
            else (os.getuid(), os.getgid())
        )
        return f"""
base_dir = {self.home}/run
state_dir = {self.home}/run
log_path = {self.home}/log
protocols = imap pop3
listen = 127.0.0.1, 127.0.0.2
ssl = required
ssl_cert = <{self.home}/server.pem
ssl_key = <{self.home}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_fsync = never
mail_location = maildir:{self.home}/mail/%u
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = {self.home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={self.home}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {self.ports["imap"]}
  }}
  inet_listener imaps {{
    port = {self.ports["imaps"]}
    ssl = yes
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {self.ports["pop3"]}
  }}
  inet_listener pop3s {{
    port = {self.ports["pop3s"]}
    ssl = yes
  }}
}}
{_without_root() if os.getuid() else ""}
{f"imap_capability = {self.capability}" if self.capability else ""}
{self.more}
"""


def _without_root() -> str:
    """Return what lets Dovecot run as anybody, in one's own name alone."""
    name = pwd.getpwuid(os.getuid()).pw_name
    services = ("anvil", "imap-login", "pop3-login", "stats", "config", "log", "auth", "imap")
    rootless = "\n".join(f"service {each} {{\n  chroot =\n}}" for each in services)
    return f"""
default_internal_user = {name}
default_login_user = {name}
default_internal_group = {os.getgid()}
{rootless}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _write_certificates(home: Path) -> None:
    authority, certificate, key = _certificates()
    (home / "authority.pem").write_bytes(authority)
    (home / "server.pem").write_bytes(certificate)
    (home / "server.key").write_bytes(key)
    (home / "server.key").chmod(0o600)


@cache
def _certificates() -> tuple[bytes, bytes, bytes]:
    """Return an authority that nobody knows, a certificate of it for loopback, and its key."""
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
    authority = (
        _begun(issuer, issuer, root)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root, hashes.SHA256())
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        _begun(subject, issuer, key)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(root, hashes.SHA256())
    )
    return (
        authority.public_bytes(serialization.Encoding.PEM),
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
    )
