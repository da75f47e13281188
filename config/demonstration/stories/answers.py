"""What customers answered: a no, another day, nothing yet, and thanks that reached a name."""

from decimal import Decimal

from amends.cases.actions.follow_up import finish_on_the_spot
from amends.cases.actions.promises import Offer, counter_promise, keep_promise
from amends.cases.rules.kinds import Basis, CaseKind, How, Mechanism, Pillar, Verdict
from amends.contacts.rules.kinds import Channel, Effect
from amends.staff.rules.authority import RemedyKind
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

VYTAUTAS = """
Sveiki,

pakeitėte man skaitiklį ir nuo tos dienos sąskaita dvigubai didesnė. Bute gyvename dviese, niekas \
nepasikeitė. Arba senas skaitiklis meluodavo dvylika metų, arba naujas meluoja dabar.

V. Jankauskas
"""
VYTAUTAS_NO = """
Ne. Sąskaitą perskaičiavote, bet skaitiklis rodo tą patį. Po savaitės vėl rašysiu tą patį laišką.
"""
SIMONA = """
Balkono durys į gatvę, po jumis iškasta duobė, pro langą traukia dulkės. Suprantu, kad remontas, \
bet turiu astmą ir norėčiau žinoti, kada užkasite.
"""
LIRIDON = """
Numri që më keni lexuar nuk është i imi. Matësi im është në dhomë, ju keni lexuar atë në korridor. \
Dua ta lexoni edhe një herë, kur jam unë në shtëpi.
"""
ANNA = """
Здравствуйте!

Хочу поблагодарить мастера Виктора, который приходил к нам в четверг. Передайте ему, пожалуйста: \
он первый, кто объяснил, что происходит с нашим стояком, и не смотрел на часы. Мама теперь \
рассказывает о нём всем соседкам.

Анна Сергеевна Ковалёва
"""
KRYSTYNA = """
Trzy miesiące czekam na korektę. Dziś pani powiedziała, że „system nie pozwala”. Dobrze. W takim \
razie opowiem o tym wszystkim, którzy będą chcieli słuchać.
"""


def tell(on: Stage) -> None:
    """Tell them all."""
    _not_put_right(on)
    _another_day(on)
    _today(on)
    _thanks(on)
    _left_on_a_bad_note(on)


def _not_put_right(on: Stage) -> None:
    """Tell of Vytautas, who was asked whether it is put right and said no this morning."""
    case = stage.open_on(
        on,
        Said(
            who="vytautas",
            text=VYTAUTAS,
            at=on.moments.back(9, "10:02"),
            channel=Channel.EMAIL,
            subject="Dvigubai didesnė sąskaita po skaitiklio keitimo",
        ),
        gist="Po skaitiklio keitimo sąskaita dvigubai didesnė",
        wish="Kad sąskaita vėl būtų tokia, kiek sunaudojama.",
        owner="milda",
    )
    stage.sorry(on, case, "milda", on.moments.back(9, "10:40"))
    offer = Offer(
        what="Perskaičiuosime sąskaitą pagal pernai metų vidurkį, kol patikrinsime skaitiklį",
        due_at=on.moments.back(3, "12:00"),
        remedy=RemedyKind.CREDIT,
        amount=Decimal("41.60"),
        basis=Basis.POLICY,
    )
    made = stage.promise(on, case, offer, "milda", on.moments.back(9, "10:45"))
    stage.yes(case, made, How.LINK, on.people["vytautas"], on.moments.back(9, "12:10"))
    done = "Sąskaita perskaičiuota, 41,60 € grąžinta į sąskaitą."
    keep_promise(made, evidence=done, by=on.who("milda"), at=on.moments.back(3, "10:15"))
    stage.ask(case, How.EMAIL, on.moments.back(3, "14:00"))
    stage.answer(case, Verdict.NO, How.LINK, on.moments.minutes_ago(95), VYTAUTAS_NO.strip())


def _another_day(on: Stage) -> None:
    """Simona asked for another day than the one we offered."""
    case = stage.open_on(
        on,
        Said(
            who="simona",
            text=SIMONA,
            at=on.moments.back(2, "21:33"),
            channel=Channel.WEB,
        ),
        gist="Iškasta duobė po langais, dulkės, astma",
        wish="Žinoti, kada užkasite.",
        owner="milda",
        need_by=(on.moments.ahead(4, "12:00"), "Penktadienį grįžta iš ligoninės"),
    )
    stage.sorry(on, case, "milda", on.moments.back(1, "08:50"))
    offer = Offer(what="Duobė bus užkasta ir nuvalyta", due_at=on.moments.ahead(5, "16:00"))
    made = stage.promise(on, case, offer, "milda", on.moments.back(1, "08:55"))
    counter_promise(
        made,
        wished=on.moments.ahead(3, "12:00"),
        words="Ar galėtumėte bent uždengti iki ketvirtadienio? Tada jau būsiu namuose.",
        by=on.people["simona"],
        at=on.moments.minutes_ago(150),
    )


def _today(on: Stage) -> None:
    """Liridon has a promise for today, and has not answered it."""
    case = stage.open_on(
        on,
        Said(
            who="liridon",
            text=LIRIDON,
            at=on.moments.back(1, "15:20"),
            by="milda",
            minutes=9,
            moods=(2, 1),
            effect=Effect.GOOD,
        ),
        gist="U lexua matësi i gabuar",
        wish="Ta lexoni edhe një herë, me mua në shtëpi.",
    )
    stage.sorry(on, case, "milda", on.moments.back(1, "15:27"))
    offer = Offer(
        what="Matësi lexohet edhe një herë, me ju në shtëpi", due_at=on.moments.ahead(1, "18:00")
    )
    stage.promise(on, case, offer, "milda", on.moments.back(1, "15:28"))


def _thanks(on: Stage) -> None:
    """Anna thanks the engineer by name."""
    stage.open_on(
        on,
        Said(
            who="anna",
            text=ANNA,
            at=on.moments.minutes_ago(64),
            channel=Channel.EMAIL,
            subject="Благодарность мастеру Виктору",
            effect=Effect.GOOD,
        ),
        kind=CaseKind.THANKS,
        gist="Благодарит мастера Виктора, просит передать",
        owner="milda",
    )


def _left_on_a_bad_note(on: Stage) -> None:
    """Krystyna went away angry nine days ago, and nothing has happened since."""
    case = stage.open_on(
        on,
        Said(
            who="krystyna",
            text=KRYSTYNA,
            at=on.moments.back(7, "16:45"),
            by="milda",
            minutes=8,
            moods=(3, 4),
            effect=Effect.BAD,
        ),
        gist="Trzy miesiące czeka na korektę rachunku",
        wish="Korekta.",
    )
    done = "Korekta wystawiona ręcznie i wysłana tego samego dnia."
    finish_on_the_spot(
        case, done=done, yes_how=How.TELEPHONE, by=on.who("milda"), at=on.moments.back(7, "17:20")
    )
    cause = (Pillar.SYSTEM, Mechanism.POLICY)
    stage.finish(on, case, cause, "milda", on.moments.back(7, "17:25"))
