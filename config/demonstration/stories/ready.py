"""What replies often say: a manager wrote it down, in the languages of the customers."""

import tomllib

from amends.contacts.actions.templates import AnswerDraft, keep_answer
from config.demonstration.house import TEXTS
from config.demonstration.stage import Stage


def tell(on: Stage) -> None:
    """Put the ready answers into the list."""
    marta, at = on.who("marta"), on.moments.back(40, "09:00")
    for told in tomllib.loads((TEXTS / "ready.toml").read_text())["answer"]:
        draft = AnswerDraft(name=told["name"], kind=told.get("kind", ""), texts=told["texts"])
        keep_answer(None, draft=draft, by=marta, at=at)
