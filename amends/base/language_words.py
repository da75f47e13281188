"""The name of a language within a sentence, in the language of whoever reads."""

from django.utils.translation import get_language, get_language_info


def language_word(code: str) -> str:
    """Return what the language `code` is called: "Polish", "польский".

    Only English writes it with a capital wherever it stands.

    Raises KeyError for a language that Django does not know.
    """
    name: str = get_language_info(code)["name_translated"]
    return name if (get_language() or "en").startswith("en") else name[:1].lower() + name[1:]
