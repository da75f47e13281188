"""Every word in every language, whole: nothing missing, nothing guessed, the same placeholders."""

import re
from pathlib import Path

import polib
import pytest

LANGUAGES = ["en", "ru", "pl", "sq", "lt"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
LOCALE = Path("locale")

everywhere = pytest.mark.parametrize("language", LANGUAGES)


def catalogue(language):
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def sides(entry):
    """Return what is said and how it is said in the language, pairwise."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, form) for form in entry.msgstr_plural.values()]


@everywhere
def test_nothing_is_untranslated(language):
    assert [entry.msgid for entry in catalogue(language).untranslated_entries()] == []


@everywhere
def test_nothing_is_a_guess(language):
    assert [entry.msgid for entry in catalogue(language).fuzzy_entries()] == []


@everywhere
def test_all_languages_say_the_same_things(language):
    def said(of):
        return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(of)}

    assert said(language) == said("en")


@everywhere
def test_placeholders_are_the_same_on_both_sides(language):
    differing = [
        (said, how)
        for entry in catalogue(language)
        for said, how in sides(entry)
        # A singular may do without its number: "one day", "один день".
        if set(PLACEHOLDER.findall(how)) - set(PLACEHOLDER.findall(said))
        or (
            not entry.msgid_plural
            and sorted(PLACEHOLDER.findall(how)) != sorted(PLACEHOLDER.findall(said))
        )
    ]
    assert differing == []


@everywhere
def test_every_plural_has_all_its_forms(language):
    catalogue_ = catalogue(language)
    forms = int(catalogue_.metadata["Plural-Forms"].removeprefix("nplurals=")[0])
    short = [e.msgid for e in catalogue_ if e.msgid_plural and len(e.msgstr_plural) != forms]
    assert short == []


@everywhere
def test_no_translation_begins_or_ends_with_other_white_space(language):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [
        said for e in catalogue(language) for said, how in sides(e) if edges(said) != edges(how)
    ] == []
