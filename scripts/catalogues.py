"""Bring the catalogues of the five languages up to date with the words in the code.

`--check` changes nothing and fails when there would be a difference. `--missing LANGUAGE` prints
what is not translated yet as JSON; `--fill LANGUAGE FILE` takes such a file back, translated:
{message: translation}, where a plural message has a list of its forms.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.core.management.commands import makemessages

LOCALE = Path("locale")
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "sq": "nplurals=2; plural=(n != 1);",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
}


def path_of(language: str) -> Path:
    """Return where the catalogue of `language` is."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def extract() -> None:
    """Write every word of the code into every catalogue, keeping what is translated."""
    # A guess from a similar message is worse than a gap, because a gap is seen.
    makemessages.Command.msgmerge_options = [
        "-q",
        "--backup=none",
        "--update",
        "--no-fuzzy-matching",
    ]
    call_command(
        "makemessages",
        locale=list(PLURALS),
        no_obsolete=True,
        add_location="file",
        ignore_patterns=["tests", "benchmarks", "var", ".venv", "scripts"],
        verbosity=0,
    )
    for language in PLURALS:
        tidy(language)


def tidy(language: str) -> None:
    """Leave nothing in the catalogue that changes by itself; English says what the code says."""
    catalogue = polib.pofile(str(path_of(language)), wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "Amends",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "The words of Amends. Licence: Apache-2.0."
    for entry in catalogue:
        entry.comment = ""
        if language == "en" and entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        elif language == "en":
            entry.msgstr = entry.msgid
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path_of(language)))


def key_of(entry: polib.POEntry) -> str:
    """Return what names `entry` in a file of translations: its message, with its context."""
    return f"{entry.msgctxt}\u0004{entry.msgid}" if entry.msgctxt else entry.msgid


def missing(language: str) -> dict[str, object]:
    """Return what is not translated into `language` yet."""
    gaps = polib.pofile(str(path_of(language))).untranslated_entries()
    return {
        key_of(entry): [entry.msgid, entry.msgid_plural] if entry.msgid_plural else entry.msgid
        for entry in gaps
    }


def fill(language: str, translations: dict[str, str | list[str]]) -> None:
    """Write `translations` into the catalogue of `language`."""
    catalogue = polib.pofile(str(path_of(language)), wrapwidth=100)
    for entry in catalogue:
        translation = translations.get(key_of(entry))
        if isinstance(translation, list):
            entry.msgstr_plural = dict(enumerate(translation))
        elif translation and not entry.msgid_plural:
            entry.msgstr = translation
    catalogue.save(str(path_of(language)))


def check() -> int:
    """Return 1 and say which catalogues are behind the code; leave them as they are."""
    with tempfile.TemporaryDirectory() as kept:
        shutil.copytree(LOCALE, kept, dirs_exist_ok=True)
        extract()
        behind = [
            language
            for language in PLURALS
            if path_of(language).read_bytes()
            != (Path(kept) / path_of(language).relative_to(LOCALE)).read_bytes()
        ]
        shutil.copytree(kept, LOCALE, dirs_exist_ok=True)
    if behind:
        sys.stderr.write(f"Behind the code: {', '.join(behind)}. Run make catalogues.\n")
    return int(bool(behind))


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", metavar="LANGUAGE")
    parser.add_argument("--fill", nargs=2, metavar=("LANGUAGE", "FILE"))
    asked = parser.parse_args()
    if not shutil.which("xgettext"):
        sys.stderr.write("The words are gathered by GNU gettext: install the package gettext.\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(Path.cwd()))
    django.setup()
    if asked.check:
        return check()
    if asked.missing:
        sys.stdout.write(json.dumps(missing(asked.missing), ensure_ascii=False, indent=1) + "\n")
    elif asked.fill:
        language, file = asked.fill
        fill(language, json.loads(Path(file).read_text(encoding="utf-8")))
        tidy(language)
    else:
        extract()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
