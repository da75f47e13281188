"""What an organisation writes itself, in as many languages as it likes. Pure."""

from collections.abc import Mapping

FALLBACKS = ("en", "ru", "pl", "lt", "sq")


def said_in(language: str, texts: Mapping[str, str], *, house: str = "") -> str:
    """Return the text of `texts` for a reader of `language`; empty if nothing is written.

    texts: {language: text}. house: the organisation's own language, which is tried second.
    """
    for code in (language, house, *FALLBACKS):
        if text := texts.get(code, "").strip():
            return text
    return next((text for text in texts.values() if text.strip()), "")
