"""The third time without hot water: two calls promised and not made, and what came after."""

from amends.cases.actions.promises import (
    Offer,
    apologise_for_broken,
    mark_promise_broken,
    renegotiate_promise,
)
from amends.cases.models.case import Case
from amends.cases.rules.kinds import Basis, How
from amends.contacts.actions.marking import mark_words
from amends.contacts.rules.kinds import Channel, Direction, Effect, Lane, Manner
from amends.contacts.rules.spans import Span
from amends.staff.rules.authority import RemedyKind
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

FIRST = """
There is no hot water again. It came back on its own last time, so I did not call. This is the \
second time this month. I have a small baby, I cannot boil kettles all evening. Could somebody \
please tell me what is going on?
"""
SECOND = """
It went cold again on Saturday evening, the third time since the first of November. I am so tired \
of this. I have a baby of four months. Twice I was told somebody would call, and nobody did. I do \
not want a discount, I want to know who is coming and when.
"""
MARKED = (
    ("It went cold again on Saturday evening", Lane.FACT),
    ("I am so tired of this.", Lane.FEELING),
    ("Twice I was told somebody would call, and nobody did.", Lane.FACT),
)
MAIL = """
Is he still coming today? I have to fetch the older one from school at half past four.

Rūta
"""
REPLY = """
Dear Ms Petrauskienė,

yes: Viktor Orlov, our engineer, is coming to you today. He has the log of your house with him and \
starts at the heat exchanger in the cellar, so you need not wait at the door. I shall ring you \
when he leaves us.

You reach me directly at +370 600 00010.

Milda Jankauskaitė
Neries šiluma
"""


def tell(on: Stage) -> None:
    """Let it happen, from the first call to this morning's mail."""
    case = stage.open_on(
        on,
        Said(
            who="ruta",
            text=FIRST,
            at=on.moments.back(4, "18:20"),
            by="jonas",
            minutes=6,
            moods=(2, 2),
            effect=Effect.BAD,
        ),
        owner="milda",
        gist="Third time without hot water this month, nobody calls back",
        wish="To know who is coming and when.",
        need_by=(on.moments.soon(), "She fetches her older child from school after that"),
    )
    call = Offer(what="We call you back and say what is wrong", due_at=on.moments.back(3, "12:00"))
    first = stage.promise(on, case, call, "jonas", on.moments.back(4, "18:27"))
    stage.yes(case, first, How.TELEPHONE, on.people["ruta"], on.moments.back(4, "18:28"))
    mark_promise_broken(first, at=on.moments.back(3, "12:00"))
    _second_call(on, case)
    apologise_for_broken(first, by=on.who("milda"), at=on.moments.back(1, "09:22"))
    stage.sorry(on, case, "milda", on.moments.back(1, "09:22"))
    visit = Offer(
        what="Our engineer Viktor Orlov finds out why, and it is warm",
        due_at=on.moments.soon(),
        remedy=RemedyKind.REPAIR,
        basis=Basis.CONTRACT,
    )
    milda = on.who("milda")
    second = renegotiate_promise(first, offer=visit, by=milda, at=on.moments.back(1, "09:24"))
    stage.yes(case, second, How.TELEPHONE, on.people["ruta"], on.moments.back(1, "09:26"))
    _today(on, case)


def _second_call(on: Stage, case: Case) -> None:
    told = stage.add(
        on,
        case,
        Said(
            who="ruta",
            text=SECOND,
            at=on.moments.back(1, "09:12"),
            by="milda",
            minutes=14,
            moods=(3, 1),
            effect=Effect.GOOD,
            manners=(Manner.ANGRY,),
            notes=("She grew up in Leeds and likes to be spoken to in English.",),
        ),
    )
    text = SECOND.strip()
    marks = [(Span(text.index(said), text.index(said) + len(said)), lane) for said, lane in MARKED]
    mark_words(told, marks=marks, by=on.who("milda"), at=on.moments.back(1, "09:35"))


def _today(on: Stage, case: Case) -> None:
    stage.add(
        on,
        case,
        Said(
            who="ruta",
            text=MAIL,
            at=on.moments.minutes_ago(74),
            channel=Channel.EMAIL,
            subject="Today",
        ),
    )
    stage.add(
        on,
        case,
        Said(
            who="ruta",
            text=REPLY,
            at=on.moments.minutes_ago(52),
            channel=Channel.EMAIL,
            direction=Direction.OUT,
            by="milda",
            subject="Re: Today",
        ),
    )
