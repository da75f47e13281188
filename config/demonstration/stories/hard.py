"""The hard ones: somebody who insults, and a bakery that stands still."""

from decimal import Decimal

from amends.cases.actions.promises import Offer, keep_promise
from amends.cases.models.case import Case
from amends.cases.rules.kinds import Basis, How, Mechanism, Pillar, Verdict
from amends.contacts.rules.kinds import Channel, Direction, Effect, Manner
from amends.staff.rules.authority import RemedyKind
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

ERSHOV_FIRST = """
Вы там вообще умеете читать? Четвёртый месяц вы берёте с меня за квартиру, которую я продал. \
Дай мне нормального человека, а не тебя, безмозглую. Я тебя найду по фамилии.
"""
ERSHOV_SECOND = """
Погорячился. Но и вы поймите: квартиру я продал в июле, договор вам отнёс в июле, а счёт пришёл и \
в августе, и в сентябре, и в октябре. Верните деньги и перестаньте присылать.
"""


def tell(on: Stage) -> None:
    """Tell of an insult that ended the call, and of the matter that was put right all the same."""
    case = stage.open_on(
        on,
        Said(
            who="gennadij",
            text=ERSHOV_FIRST,
            at=on.moments.back(14, "11:40"),
            by="olga",
            minutes=4,
            moods=(4, 4),
            effect=Effect.BAD,
            manners=(Manner.OFFENSIVE, Manner.ANGRY),
            notes=("Предупредила один раз, разговор закончила по правилу. Передаю Грейс.",),
        ),
        gist="Четвёртый счёт за проданную квартиру",
        wish="Вернуть деньги за три месяца и больше не присылать счета.",
        owner="grace",
    )
    _calm(on, case)
    offer = Offer(
        what="Вернём 84 € за три месяца, договор закроем датой продажи",
        due_at=on.moments.back(11, "16:00"),
        remedy=RemedyKind.REFUND_PART,
        basis=Basis.CONTRACT,
        amount=Decimal(84),
    )
    grace = on.who("grace")
    made = stage.promise(on, case, offer, "grace", on.moments.back(13, "10:22"))
    stage.yes(case, made, How.TELEPHONE, on.people["gennadij"], on.moments.back(13, "10:23"))
    done = "84 € возвращено, договор закрыт 14 июля, новый владелец уведомлён."
    keep_promise(made, evidence=done, by=grace, at=on.moments.back(11, "12:40"))
    stage.ask(case, How.TELEPHONE, on.moments.back(11, "18:00"))
    words = "Да, деньги пришли. Перед девушкой извинитесь за меня."
    stage.answer(case, Verdict.YES, How.TELEPHONE, on.moments.back(10, "09:15"), words)
    cause = (Pillar.STAFF, Mechanism.WRONG_INFO)
    stage.finish(on, case, cause, "grace", on.moments.back(10, "09:30"))


def _calm(on: Stage, case: Case) -> None:
    stage.add(
        on,
        case,
        Said(
            who="gennadij",
            text=ERSHOV_SECOND,
            at=on.moments.back(13, "10:05"),
            by="grace",
            channel=Channel.TELEPHONE,
            minutes=19,
            moods=(3, 1),
            direction=Direction.OUT,
            effect=Effect.GOOD,
            notes=("Said in one sentence that we do not speak with each other like that.",),
        ),
    )
    stage.sorry(on, case, "grace", on.moments.back(13, "10:08"))
