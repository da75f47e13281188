"""Every command, tried with words that nobody should give it: a sentence, and no zero."""

import pytest

from config.commands.main import COMMANDS, run
from tests.config.installation import SECRET

HUGE = "9" * 100_000
HOSTILE = (
    "",
    HUGE,
    "\udcff\udc80",
    "\u202egnp.exe",
    "'; DROP TABLE x; --",
    "{{ 7*7 }}",
    "-\n-",
    "/",
)
WITH_A_PATH = (("import", "mail"), ("backup",), ("restore",))


@pytest.fixture(autouse=True)
def _home(monkeypatch, tmp_path):
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path))
    monkeypatch.setenv("AMENDS_SECRET_KEY", SECRET)
    monkeypatch.chdir(tmp_path)


def code_of(words: tuple[str, ...]) -> int | str | None:
    """Return what a command ends with, as its caller sees it."""
    try:
        return run(words)
    except SystemExit as end:
        return end.code


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_is_none_is_refused_in_words(command, word, capfd):
    assert code_of((command, f"--{word}x", word)) not in {0, None}
    assert f"amends {command}" in capfd.readouterr().err


@pytest.mark.parametrize("word", HOSTILE)
def test_a_command_that_is_none_is_refused_in_words(word, capfd):
    assert code_of((f"{word}x",)) == 2
    assert "amends: error:" in capfd.readouterr().err


@pytest.mark.parametrize("word", [f"{one}/nowhere/at all" for one in HOSTILE] + [HUGE])
@pytest.mark.parametrize("command", WITH_A_PATH)
def test_a_file_that_cannot_be_is_named_in_one_sentence(command, word, capfd, tmp_path):
    assert code_of((*command, word)) == 1
    said = capfd.readouterr().err
    assert said.startswith("amends: ")
    assert said.endswith(".\n")
    assert len(said) < 1000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("choice", ["", "now", HUGE, "history arrivals"])
def test_a_choice_that_is_none_is_refused(choice, capfd):
    assert code_of(("import", "mail", ".", "--as", choice)) == 2
    assert "invalid choice" in capfd.readouterr().err
    assert code_of(("journal", choice or "x")) == 2
