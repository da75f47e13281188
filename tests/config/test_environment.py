import pytest

from config import environment
from config.environment import BadSetting, Encryption, Environment, read, require_secret
from tests import settings_table

GOOD_SECRET = "x" * 32


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name, field in Environment.model_fields.items():
        variable = environment.variable_of(name, field)
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(f"{variable}_FILE", raising=False)


def test_with_nothing_set_it_is_an_installation_beside_the_code():
    settings = read()
    assert settings.home == environment.ROOT / "var"
    assert settings.address == "http://localhost:8000"
    assert not settings.demo


@pytest.mark.parametrize(
    ("variable", "value", "field", "means"),
    [
        ("AMENDS_PORT", "81", "address", "http://localhost:81"),
        ("AMENDS_BASE_ADDRESS", "https://care.example.org/", "address", "https://care.example.org"),
        ("AMENDS_BASE_ADDRESS", "", "address", "http://localhost:8000"),
        ("AMENDS_SMTP_ENCRYPTION", "tls", "smtp_encryption", Encryption.TLS),
        ("AMENDS_WEB_WORKERS", "3", "web_workers", 3),
        ("AMENDS_DEMO", "true", "demo", True),
    ],
)
def test_a_setting_is_read(monkeypatch, variable, value, field, means):
    monkeypatch.setenv(variable, value)
    assert getattr(read(), field) == means


def test_a_certificate_makes_the_address_safe(monkeypatch):
    monkeypatch.setenv("AMENDS_TLS_CERTIFICATE", "/a/cert")
    monkeypatch.setenv("AMENDS_TLS_KEY", "/a/key")
    assert read().address == "https://localhost:8000"


def test_several_proxies_may_be_trusted(monkeypatch):
    monkeypatch.setenv("AMENDS_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert [str(network) for network in read().trusted_proxies] == ["10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("AMENDS_PORT", "eighty", "AMENDS_PORT is 'eighty': input should be a valid integer"),
        ("AMENDS_PORT", "0", "AMENDS_PORT is '0': input should be greater than or equal to 1"),
        ("AMENDS_PORT", "70000", "AMENDS_PORT is '70000': input should be less than"),
        ("AMENDS_BASE_ADDRESS", "care", "AMENDS_BASE_ADDRESS is 'care': it must look like https:"),
        ("AMENDS_BASE_ADDRESS", "https://a/b", "it must end after the host name"),
        ("AMENDS_TRUSTED_PROXIES", "proxy", "AMENDS_TRUSTED_PROXIES is 'proxy'"),
        ("AMENDS_MAIL_RELAYS", "relay", "AMENDS_MAIL_RELAYS is 'relay'"),
        ("AMENDS_MAIL_RECIPIENTS", "ours, care", "AMENDS_MAIL_RECIPIENTS is 'ours, care': it must"),
        ("AMENDS_TLS_KEY", "/a/key", "AMENDS_TLS_CERTIFICATE and AMENDS_TLS_KEY go together"),
        ("AMENDS_SMTP_HOST", "mail", "AMENDS_MAIL_FROM is needed with AMENDS_SMTP_HOST"),
        ("AMENDS_SMTP_ENCRYPTION", "ssl", "AMENDS_SMTP_ENCRYPTION is 'ssl'"),
        ("DATABASE_URL", "amends", "DATABASE_URL: it must look like postgresql://"),
        ("DATABASE_URL", "postgresql://u:secret@h", "DATABASE_URL: it must look like"),
        ("DATABASE_URL", "postgresql://h/d?what=1", "DATABASE_URL: it must look like"),
    ],
)
def test_a_malformed_setting_is_told_in_one_sentence(monkeypatch, variable, value, said):
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSetting) as refused:
        read()
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


class TestSecrets:
    def test_may_come_from_a_file(self, monkeypatch, tmp_path):
        (tmp_path / "key").write_text(f"{GOOD_SECRET}\n")
        (tmp_path / "url").write_text("postgresql://u:p@h/d\n")
        monkeypatch.setenv("AMENDS_SECRET_KEY_FILE", str(tmp_path / "key"))
        monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
        settings = read()
        assert settings.secret_key.get_secret_value() == GOOD_SECRET
        assert settings.database_url
        assert settings.database_url.get_secret_value() == "postgresql://u:p@h/d"

    def test_the_variable_wins_over_the_file(self, monkeypatch, tmp_path):
        (tmp_path / "key").write_text("another")
        monkeypatch.setenv("AMENDS_SECRET_KEY_FILE", str(tmp_path / "key"))
        monkeypatch.setenv("AMENDS_SECRET_KEY", GOOD_SECRET)
        assert read().secret_key.get_secret_value() == GOOD_SECRET

    def test_a_file_that_cannot_be_read_is_told(self, monkeypatch):
        monkeypatch.setenv("AMENDS_SMTP_PASSWORD_FILE", "/nowhere")
        with pytest.raises(BadSetting, match="AMENDS_SMTP_PASSWORD_FILE: /nowhere cannot be read"):
            read()

    def test_are_not_shown(self, monkeypatch):
        monkeypatch.setenv("AMENDS_SECRET_KEY", GOOD_SECRET)
        assert GOOD_SECRET not in repr(read())

    @pytest.mark.parametrize("secret", [None, "short", environment.DEFAULT_SECRET])
    def test_that_anybody_knows_are_refused(self, monkeypatch, secret):
        if secret:
            monkeypatch.setenv("AMENDS_SECRET_KEY", secret)
        with pytest.raises(BadSetting, match="AMENDS_SECRET_KEY must be set"):
            require_secret(read())

    def test_of_ones_own_are_accepted(self, monkeypatch):
        monkeypatch.setenv("AMENDS_SECRET_KEY", GOOD_SECRET)
        require_secret(read())

    def test_do_not_matter_in_the_demonstration(self, monkeypatch):
        monkeypatch.setenv("AMENDS_DEMO", "yes")
        require_secret(read())


def test_a_misspelt_variable_is_noticed():
    given = {"AMENDS_PROT": "80", "AMENDS_PORT": "80", "AMENDS_SECRET_KEY_FILE": "", "PATH": "/"}
    assert environment.unknown_variables(given) == ["AMENDS_PROT"]


def test_the_operators_table_tells_every_setting():
    assert settings_table.PAGE.read_text() == settings_table.page(), (
        "run `python -m tests.settings_table`"
    )
    assert all(field.description for field in Environment.model_fields.values())


def test_an_outside_model_has_a_name_an_address_and_a_key_that_can_be_sent(monkeypatch):
    monkeypatch.setenv("AMENDS_MODEL_URL", "http://127.0.0.1:11434/v1")
    with pytest.raises(BadSetting, match="AMENDS_MODEL_NAME"):
        read()
    monkeypatch.setenv("AMENDS_MODEL_NAME", "small")
    monkeypatch.setenv("AMENDS_MODEL_KEY", "secret")
    assert read().model_key.get_secret_value() == "secret"
    monkeypatch.setenv("AMENDS_MODEL_KEY", "a\u017e")
    with pytest.raises(BadSetting, match="ASCII"):
        read()
    monkeypatch.delenv("AMENDS_MODEL_KEY")
    for address in ("ftp://host/v1", "http:///v1", "http://u:p@host/v1", "http://host/v1?x=1"):
        monkeypatch.setenv("AMENDS_MODEL_URL", address)
        with pytest.raises(BadSetting, match=r"models\.example\.org"):
            read()
