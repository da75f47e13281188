"""Every setting, read once from the environment.

The class is the documented table of `docs/operate/settings.md`; a test holds the two together.
"""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SECRET = "not-a-secret-only-for-the-demo"  # noqa: S105  refused outside the demo
SHORTEST_SECRET = 32
MAIL_PLACE = re.compile(r"(?:lmtp|smtp):(?:/.{1,100}|[\w.:\[\]-]+:\d{1,5})")


class BadSetting(Exception):
    """A setting that is missing or cannot be used; the text is one sentence for the operator."""


class Encryption(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it must look like https://care.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("it must end after the host name or the port")
    return f"{parts.scheme}://{parts.netloc}"


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _absolute(value: Path) -> Path:
    return value.expanduser().absolute()


Address = Annotated[str, AfterValidator(_address)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_split)]
Location = Annotated[Path, AfterValidator(_absolute)]
Port = Annotated[int, Field(ge=1, le=65535)]


class _FromFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that `NAME_FILE` names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        variable = variable_of(field_name, field)
        path = os.environ.get(f"{variable}_FILE") if field.annotation in SECRETS else None
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text().strip(), str(field.validation_alias or field_name), False
        except (OSError, UnicodeDecodeError) as problem:
            raise BadSetting(f"{variable}_FILE: {path} cannot be read ({problem}).") from problem

    def __call__(self) -> dict[str, Any]:
        found = (
            self.get_field_value(f, name) for name, f in self.settings_cls.model_fields.items()
        )
        return {key: value for value, key, _ in found if value is not None}


class Environment(BaseSettings):
    """What the operator decides. Each field is the variable `AMENDS_` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Location = Field(
        default=ROOT / "var",
        description="Where the data lives: database, files, log. Default: `var/` beside the code.",
    )
    listen: str = Field(
        default="127.0.0.1", description="The network address on which pages are served."
    )
    port: Port = Field(default=8000, description="The port on which pages are served.")
    base_address: Address | None = Field(
        default=None,
        description="How people reach Amends, such as `https://care.example.org`; it is written "
        "into mails and slips. Default: `http://localhost:` and the port.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(DEFAULT_SECRET),
        description="Signs sessions and links: at least 32 random characters. Without one only "
        "the demonstration starts.",
    )
    secret_key_before: SecretStr = Field(
        default=SecretStr(""),
        description="The secret before this one, while links and sign-ins made with it are to "
        "hold.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="A PostgreSQL of yours, 15 or later, such as "
        "`postgresql://user:password@host/database`, instead of the embedded one.",
    )
    pg_bin: Location | None = Field(
        default=None,
        description="The directory of the PostgreSQL programs to use instead of those that come "
        "with Amends.",
    )
    trusted_proxies: Networks = Field(
        default=(),
        description="The networks of your reverse proxies, with commas between; only their "
        "`X-Forwarded-For` and `X-Forwarded-Proto` are believed.",
    )
    tls_certificate: Location | None = Field(
        default=None, description="A certificate chain (PEM), to serve https without a proxy."
    )
    tls_key: Location | None = Field(default=None, description="The key of that certificate.")
    web_workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=2, description="How many processes answer pages."
    )
    web_threads: Annotated[int, Field(ge=1, le=64)] = Field(
        default=4, description="How many threads each of them has; each holds one connection."
    )
    jobs_at_once: Annotated[int, Field(ge=1, le=64)] = Field(
        default=4, description="How many jobs the worker runs at once."
    )
    smtp_host: str = Field(
        default="", description="The server that takes our mail. Empty: mail waits, none is sent."
    )
    smtp_port: Port = Field(default=587, description="Its port.")
    smtp_encryption: Encryption = Field(
        default=Encryption.STARTTLS, description="`starttls`, `tls` or `none`."
    )
    smtp_user: str = Field(default="", description="The name to sign in with there, if it asks.")
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="The password that goes with it."
    )
    mail_from: str = Field(
        default="", description="The address our mail comes from, such as `care@example.org`."
    )
    mail_takes_plus: bool = Field(
        default=False,
        description="Whether that mailbox also takes `care+anything@example.org`; then answers are "
        "addressed so that they find their case by themselves.",
    )
    mail_checked_by: Names = Field(
        default=(),
        description="The names under which your mail server writes `Authentication-Results`, with "
        "commas between; only what it says of SPF, DKIM and DMARC is believed.",
    )
    mail_listen: Names = Field(
        default=(),
        description="Where mail is taken from a relay of yours, with commas between: "
        "`lmtp:127.0.0.1:2424`, `smtp:127.0.0.1:2525` or `lmtp:/run/amends/lmtp.sock`. Empty: "
        "nowhere.",
    )
    mail_relays: Networks = Field(
        default=(),
        description="The networks of the relays that may hand mail over there, with commas "
        "between, such as `127.0.0.0/8, 10.1.0.0/16`. Empty: whoever reaches the place.",
    )
    mail_recipients: Names = Field(
        default=(),
        description="For whom mail is taken there, with commas between: `ours` (the addresses of "
        "our mailboxes), addresses, and domains such as `@old.example.org`; for others the answer "
        "is 550. Empty: for everybody the relay lets through.",
    )
    mail_connections: Annotated[int, Field(ge=1, le=500)] = Field(
        default=20, description="How many connections of relays are served at once."
    )
    model_url: str = Field(
        default="",
        description="An outside language model by the protocol of OpenAI, such as "
        "`http://127.0.0.1:11434/v1`: summaries, drafts and translations when somebody asks for "
        "one, with personal data masked. Empty: none, and nothing leaves.",
    )
    model_key: SecretStr = Field(
        default=SecretStr(""), description="The key it asks for, if it asks."
    )
    model_name: str = Field(default="", description="Which of its models is asked.")
    model_seconds: Annotated[int, Field(ge=1, le=120)] = Field(
        default=20, description="How long its answer is waited for."
    )
    demo: bool = Field(
        default=False,
        description="Set by `amends demo`: an invented organisation, and no mail leaves.",
    )

    @field_validator("model_url")
    @classmethod
    def _names_a_model(cls, value: str) -> str:
        parts = urlsplit(value)
        known = parts.scheme in {"http", "https"} and parts.hostname
        if value and (not known or parts.query or "@" in parts.netloc):
            raise ValueError("it must look like https://models.example.org/v1")
        return value

    @field_validator("model_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not (key.isascii() and (key.isprintable() or not key)):
            raise ValueError("it may hold printable ASCII characters only")
        return value

    @field_validator("mail_listen")
    @classmethod
    def _names_places(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(MAIL_PLACE.fullmatch, value)):
            raise ValueError("it must look like lmtp:127.0.0.1:2424 or lmtp:/run/lmtp.sock")
        return value

    @field_validator("mail_recipients")
    @classmethod
    def _names_recipients(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(each == "ours" or "@" in each for each in value):
            raise ValueError("it must look like ours, care@example.org, @old.example.org")
        return value

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else ""
        try:
            understood = not url or ("://" in url and "dbname" in conninfo_to_dict(url))
        except ProgrammingError:
            understood = False
        if not understood:
            raise ValueError("it must look like postgresql://user:password@host/database")
        return value

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("AMENDS_TLS_CERTIFICATE and AMENDS_TLS_KEY go together: set both")
        if self.smtp_host and not self.mail_from:
            raise ValueError("AMENDS_MAIL_FROM is needed with AMENDS_SMTP_HOST")
        if self.model_url and not self.model_name:
            raise ValueError("AMENDS_MODEL_NAME is needed with AMENDS_MODEL_URL")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _FromFiles(settings_cls)

    @property
    def address(self) -> str:
        """How people reach Amends, without a slash at the end."""
        scheme = "https" if self.tls_certificate else "http"
        return self.base_address or f"{scheme}://localhost:{self.port}"


SECRETS = (SecretStr, SecretStr | None)


def variable_of(name: str, field: FieldInfo) -> str:
    """Return the environment variable of a field, such as `AMENDS_PORT`."""
    return str(field.validation_alias or f"AMENDS_{name.upper()}")


def read() -> Environment:
    """Return the settings. Raises BadSetting with one sentence about the first that is wrong."""
    try:
        return Environment()
    except ValidationError as problem:
        raise BadSetting(_sentence(problem)) from problem


def require_secret(environment: Environment) -> None:
    """Raise BadSetting outside the demonstration unless there is a secret worth the name."""
    secret = environment.secret_key.get_secret_value()
    if environment.demo or (secret != DEFAULT_SECRET and len(secret) >= SHORTEST_SECRET):
        return
    raise BadSetting(
        f"AMENDS_SECRET_KEY must be set to at least {SHORTEST_SECRET} random characters of your "
        "own: `openssl rand -base64 48` makes some; AMENDS_SECRET_KEY_FILE may name a file instead."
    )


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin with `AMENDS_` and mean nothing to us: likely misspelt."""
    known = {variable_of(name, field) for name, field in Environment.model_fields.items()}
    known |= {f"{name}_FILE" for name in known} | {"AMENDS_CHROMIUM"}
    return sorted(name for name in environ if name.startswith("AMENDS_") and name not in known)


def _sentence(problem: ValidationError) -> str:
    first = problem.errors(include_url=False)[0]
    said = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{said}."
    name = str(first["loc"][0])
    field = Environment.model_fields.get(name)
    variable = variable_of(name, field) if field else name
    given = "" if field is None or field.annotation in SECRETS else f" is {first['input']!r}:"
    return f"{variable}{given or ':'} {said[0].lower()}{said[1:]}."
