"""The operator's table of settings; `python -m tests.settings_table` writes it into its page."""

import re

from config.environment import ROOT, Environment, variable_of

PAGE = ROOT / "docs" / "operate" / "settings.md"
# What is not told by the value in the code.
DEFAULTS = {"home": "`var`", "secret_key": ""}


def table() -> str:
    """Return the rows of the table, one a setting."""
    rows = (
        (variable_of(name, field), _default(name, field.default), str(field.description))
        for name, field in Environment.model_fields.items()
    )
    return "".join(f"| `{variable}` | {default} | {told} |\n" for variable, default, told in rows)


def _default(name: str, value: object) -> str:
    plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    unsaid = plain is None or plain is False or plain in ("", ())
    return DEFAULTS.get(name, "" if unsaid else f"`{plain}`")


def page() -> str:
    """Return the whole page with the table as it should be."""
    return re.sub(
        r"(\| --- \| --- \| --- \|\n)(?:\| .*\n)*",
        lambda found: found[1] + table(),
        PAGE.read_text(),
        count=1,
    )


if __name__ == "__main__":
    PAGE.write_text(page())
