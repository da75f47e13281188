import gettext
import os

from config.catalogues import compile_catalogues

TEXT = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Thank you"
msgstr "Ačiū"

msgid "not translated"
msgstr ""
"""


def test_a_catalogue_is_compiled_when_it_has_changed_and_only_then(tmp_path):
    source = tmp_path / "locale" / "lt" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(TEXT)
    compiled = source.with_suffix(".mo")

    assert compile_catalogues(tmp_path) == [compiled]
    assert compile_catalogues(tmp_path) == []

    with compiled.open("rb") as opened:
        words = gettext.GNUTranslations(opened)
    assert words.gettext("Thank you") == "Ačiū"
    assert words.gettext("not translated") == "not translated"

    later = compiled.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogues(tmp_path) == [compiled]
