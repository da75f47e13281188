"""Promises that were not kept: one said first and mended, one that is late as you read this."""

from amends.cases.actions.closing import Why
from amends.cases.actions.promises import (
    Offer,
    apologise_for_broken,
    keep_promise,
    mark_promise_broken,
    renegotiate_promise,
)
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import How, Mechanism, Pillar, Verdict
from amends.contacts.rules.kinds import Channel, Direction, Effect
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

MAREK_FIRST = """
Dzień dobry,

za maj pobrano mi opłatę dwa razy: 3 i 17 czerwca, po 49 €. Proszę o zwrot \
drugiej kwoty. W załączniku wyciąg z banku.

Z poważaniem
Marek Zieliński
"""
MAREK_SECOND = """
Dzień dobry,

piszę drugi raz w tej samej sprawie. Pani z infolinii obiecała odpowiedź na piśmie. Nie chodzi mi \
już nawet o te 49 €, tylko o to, że człowiek mówi do ściany.

Marek Zieliński
"""
KESTUTIS_CALL = """
Trečia savaitė bute 17 laipsnių. Buvo du meistrai, abu pasakė „namas toks“. Žmona serga, guli po \
trimis antklodėmis. Noriu, kad ateitų tas, kuris iš tikrųjų ką nors padarys.
"""
KESTUTIS_WAITED = """
Sakėte: antradienį iki ketvirtos. Antradienis praėjo. Aš jau nebepykstu, man tiesiog gaila, kad \
patikėjau.
"""


def tell(on: Stage) -> None:
    """Tell both."""
    _late_answer(on)
    _mended(on)


def _late_answer(on: Stage) -> None:
    """Marek was promised a written answer, and the hour is over."""
    case = stage.open_on(
        on,
        Said(
            who="marek",
            text=MAREK_FIRST,
            at=on.moments.back(6, "20:10"),
            channel=Channel.EMAIL,
            subject="Podwójna opłata za maj",
        ),
        gist="Podwójna opłata za maj, drugi list",
        wish="Zwrot 49 € i odpowiedź na piśmie.",
        owner="milda",
    )
    stage.add(
        on,
        case,
        Said(
            who="marek",
            text=MAREK_SECOND,
            at=on.moments.back(2, "08:31"),
            channel=Channel.EMAIL,
            subject="Re: Podwójna opłata za maj",
            effect=Effect.BAD,
        ),
    )
    answer = Offer(
        what="Odpowiemy Panu na piśmie, skąd druga opłata, i zwrócimy 49 €",
        due_at=on.moments.lately(),
    )
    made = stage.promise(on, case, answer, "milda", on.moments.back(2, "09:05"))
    stage.yes(case, made, How.EMAIL, on.people["marek"], on.moments.back(2, "11:48"))
    mark_promise_broken(made, at=on.moments.lately())


def _mended(on: Stage) -> None:
    """Kęstutis waited in vain; we said so first, came, and asked."""
    case = stage.open_on(
        on,
        Said(
            who="kestutis",
            text=KESTUTIS_CALL,
            at=on.moments.back(21, "08:14"),
            by="jonas",
            minutes=17,
            moods=(4, 2),
            effect=Effect.NEUTRAL,
        ),
        gist="Trečia savaitė bute 17 laipsnių, du meistrai nieko nepadarė",
        wish="Kad ateitų tas, kuris ką nors padarys.",
    )
    stage.sorry(on, case, "jonas", on.moments.back(21, "08:28"))
    visit = Offer(
        what="Vyresnysis meistras patikrins visą stovą ir paliks bute 20 laipsnių",
        due_at=on.moments.back(19, "16:00"),
    )
    first = stage.promise(on, case, visit, "jonas", on.moments.back(21, "08:30"))
    stage.yes(case, first, How.TELEPHONE, on.people["kestutis"], on.moments.back(21, "08:31"))
    mark_promise_broken(first, at=on.moments.back(19, "16:00"))
    _say_so_first(on, case, first)


def _say_so_first(on: Stage, case: Case, first: Promise) -> None:
    jonas = on.who("jonas")
    stage.add(
        on,
        case,
        Said(
            who="kestutis",
            text=KESTUTIS_WAITED,
            at=on.moments.back(18, "08:05"),
            by="jonas",
            minutes=11,
            moods=(3, 1),
            direction=Direction.OUT,
            effect=Effect.NEUTRAL,
            notes=("Paskambinau pirmas: pažadėjome antradienį ir nepadarėme.",),
        ),
    )
    apologise_for_broken(first, by=jonas, at=on.moments.back(18, "08:07"))
    visit = Offer(
        what="Viktoras Orlovas ateis pats, su stovo schema, ir neišeis, kol bus 20 laipsnių",
        due_at=on.moments.back(17, "12:00"),
    )
    second = renegotiate_promise(first, offer=visit, by=jonas, at=on.moments.back(18, "08:12"))
    stage.yes(case, second, How.TELEPHONE, on.people["kestutis"], on.moments.back(18, "08:13"))
    done = "Rastas užsikimšęs stovo ventilis, pakeistas. Išmatuota 21,5 °C abiejuose kambariuose."
    keep_promise(second, evidence=done, by=jonas, at=on.moments.back(17, "11:20"))
    stage.ask(case, How.TELEPHONE, on.moments.back(17, "14:00"))
    words = "Taip. Ir ačiū, kad paskambinote pirmi. To nesitikėjau."
    stage.answer(case, Verdict.YES, How.TELEPHONE, on.moments.back(17, "14:04"), words)
    why = Why(
        pillar=Pillar.SYSTEM,
        mechanism=Mechanism.DEFECT,
        text="Stovo ventiliai po 2009 m. renovacijos neįtraukti į patikros sąrašą.",
        prevention="Visų devynių to laikotarpio namų ventiliai įtraukti į rudens patikrą.",
    )
    stage.finish(on, case, why, "jonas", on.moments.back(17, "14:30"))
