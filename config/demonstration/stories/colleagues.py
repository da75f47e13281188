"""Stories among colleagues, and of those who need protection."""

from datetime import timedelta

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.following import follow_case
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.parties import Identity, check_identity, name_party
from amends.cases.actions.promises import Offer, keep_promise
from amends.cases.actions.protection import Standstill, confirm_hold, set_hold
from amends.cases.rules.kinds import (
    CaseKind,
    CheckLevel,
    How,
    Mechanism,
    Part,
    Pillar,
    Verdict,
)
from amends.contacts.rules.kinds import Channel, Effect
from config.demonstration import stage
from config.demonstration.stage import Said, Stage

ARBEN = """
Kontratën e kam mbyllur më datën tridhjetë, më ka ardhur prapë fatura. Kam telefonuar dy herë, çdo \
herë më thonë se e shohin në sistem.
"""
HELENA = """
Dzień dobry,

pan Jonas Kairys powiedział mi przez telefon, że „takie osoby jak ja dzwonią codziennie”. \
Zadzwoniłam pierwszy raz w życiu. Nie chcę kary dla nikogo, chcę, żeby ktoś z nim porozmawiał.

Helena Nowicka
"""
DAIVA = """
Mamai septyniasdešimt aštuoneri. Gavo raštą, kad ketvirtadienį atjungs šildymą už skolą, o skolos \
nėra, turiu kvitus. Ji nebemiega. Prašau nieko neatjungti, kol išsiaiškinsite.
"""
ARTA = """
Nuk më dalin dot dy fatura pa leximet e shtatorit nga matësit e Zhirmunit. I kërkova të martën. A \
mund t'i kem deri nesër në mesditë?
"""
TOMASZ = """
Nie jestem państwa klientem. Potknąłem się wczoraj o wasz płotek przy wykopie na Kalwaryjskiej, bo \
wieczorem tam nic nie świeci. Mam stłuczone kolano. Chodzi mi o to, żeby następny się nie zabił.
"""


def tell(on: Stage) -> None:
    """Tell them all."""
    _handed_over(on)
    _about_a_colleague(on)
    _held(on)
    _inside(on)
    _no_customer(on)


def _handed_over(on: Stage) -> None:
    """Tell how Jonas hands Arben's case over to Milda, who has not accepted it yet."""
    said = Said(
        who="arben",
        text=ARBEN,
        at=on.moments.back(2, "11:02"),
        by="jonas",
        minutes=10,
        moods=(3, 2),
        effect=Effect.NEUTRAL,
    )
    case = stage.open_on(on, said, gist="Kontrata u mbyll, fatura erdhi prapë", wish="Pa faturë.")
    stage.sorry(on, case, "jonas", on.moments.back(2, "11:13"))
    offer = Offer(
        what="Anulojmë faturën dhe ju konfirmojmë me shkrim mbylljen e kontratës",
        due_at=on.moments.ahead(2, "16:00"),
    )
    made = stage.promise(on, case, offer, "jonas", on.moments.back(2, "11:14"))
    stage.yes(case, made, How.TELEPHONE, on.people["arben"], on.moments.back(2, "11:15"))
    offer_handover(
        case,
        to=on.who("milda"),
        summary="Contract ended on the 30th, billed again. He has called twice. Billing knows; "
        "the cancellation only has to be sent to him in writing.",
        emotion_note="Patient, but one more “we see it in the system” would be one too many.",
        by=on.who("jonas"),
        at=on.moments.minutes_ago(80),
    )


def _about_a_colleague(on: Stage) -> None:
    """Tell how Helena complains about Jonas, who neither sees nor keeps the case."""
    said = Said(
        who="helena",
        text=HELENA,
        at=on.moments.back(5, "17:40"),
        channel=Channel.EMAIL,
        subject="Rozmowa telefoniczna",
        effect=Effect.BAD,
    )
    case = stage.open_on(
        on,
        said,
        gist="Jak ze mną rozmawiano przez telefon",
        wish="Żeby ktoś z nim porozmawiał.",
        owner="marta",
    )
    marta, jonas = on.who("marta"), on.who("jonas")
    at = on.moments.back(4, "09:00")
    name_party(case, part=Part.COMPLAINED_ABOUT, who=jonas, by=marta, at=at)
    stage.sorry(on, case, "marta", on.moments.back(4, "09:20"))
    offer = Offer(
        what="Porozmawiam z kolegą i napiszę Pani, co ustaliliśmy",
        due_at=on.moments.ahead(1, "15:00"),
    )
    stage.promise(on, case, offer, "marta", on.moments.back(4, "09:25"))


def _held(on: Stage) -> None:
    """Hold the disconnection that threatens Ona by mistake; her daughter speaks for her."""
    said = Said(
        who="daiva",
        for_whom="ona",
        text=DAIVA,
        at=on.moments.back(1, "10:40"),
        by="milda",
        minutes=13,
        moods=(3, 1),
        effect=Effect.GOOD,
    )
    case = stage.open_on(
        on, said, gist="Grasina atjungti šildymą už skolą, kurios nėra", wish="Nieko neatjungti."
    )
    milda, at = on.who("milda"), on.moments.back(1, "10:55")
    seen = Identity(CheckLevel.KNOWN_DETAILS, "Sutarties numeris ir paskutinis mokėjimas")
    check_identity(case, person=on.people["daiva"], identity=seen, by=milda, at=at)
    stop = Standstill(
        what="Šildymo atjungimas, Antakalnio g. 41-12",
        until=on.moments.ahead(5, "17:00"),
        told_whom="Drita Gashi, dispečerinė",
    )
    hold = set_hold(case, standstill=stop, by=milda, at=at)
    confirm_hold(hold, by=milda, at=at + timedelta(minutes=20))
    stage.sorry(on, case, "milda", at)
    offer = Offer(
        what="Patikrinsime mokėjimus ir raštu patvirtinsime, kad skolos nėra",
        due_at=on.moments.ahead(2, "12:00"),
    )
    made = stage.promise(on, case, offer, "milda", at)
    stage.yes(case, made, How.TELEPHONE, on.people["daiva"], at + timedelta(minutes=1))
    follow_case(case, by=on.who("marta"), at=on.moments.minutes_ago(50))
    text = "@milda.jankauskaite, billing found both payments. Ring her before you write."
    add_note(case, text=text, by=on.who("grace"), at=on.moments.minutes_ago(45))


def _inside(on: Stage) -> None:
    """Let Arta of Billing ask the dispatchers for readings, as a customer inside."""
    said = Said(
        who="arta",
        text=ARTA,
        at=on.moments.back(8, "14:10"),
        channel=Channel.EMAIL,
        subject="Leximet e shtatorit",
    )
    case = stage.open_on(
        on,
        said,
        team="Dispatchers",
        kind=CaseKind.INTERNAL,
        gist="Leximet e shtatorit për Zhirmunin",
        owner="drita",
    )
    offer = Offer(what="Leximet i ke nesër në mesditë", due_at=on.moments.back(7, "12:00"))
    made = stage.promise(on, case, offer, "drita", on.moments.back(8, "14:30"))
    stage.yes(case, made, How.EMAIL, on.people["arta"], on.moments.back(8, "14:41"))
    done = "Skedari me 48 lexime u dërgua; u kontrolluan tri që mungonin."
    keep_promise(made, evidence=done, by=on.who("drita"), at=on.moments.back(7, "11:05"))
    stage.ask(case, How.EMAIL, on.moments.back(7, "14:00"))
    stage.answer(case, Verdict.YES, How.EMAIL, on.moments.back(7, "14:20"), "Po, faleminderit!")
    stage.finish(on, case, (Pillar.SYSTEM, Mechanism.DELAY), "drita", on.moments.back(7, "15:00"))


def _no_customer(on: Stage) -> None:
    """Give Tomasz, who is no customer, the same."""
    said = Said(
        who="tomasz",
        text=TOMASZ,
        at=on.moments.back(1, "08:50"),
        channel=Channel.DESK,
        by="milda",
        minutes=12,
        moods=(2, 1),
        effect=Effect.GOOD,
    )
    case = stage.open_on(on, said, gist="Wykop bez światła, stłuczone kolano", wish="Oświetlić.")
    stage.sorry(on, case, "milda", on.moments.back(1, "09:01"))
    offer = Offer(
        what="Wykop będzie oświetlony i ogrodzony, a my do Pana zadzwonimy",
        due_at=on.moments.ahead(1, "12:00"),
    )
    made = stage.promise(on, case, offer, "milda", on.moments.back(1, "09:02"))
    stage.yes(case, made, How.DESK, on.people["tomasz"], on.moments.back(1, "09:02"))
