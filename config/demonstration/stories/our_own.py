"""What this house asks of its cases besides: the number on the contract, and the district."""

from amends.cases.actions.fields import Definition, define_field, fill_in, keep_choice
from amends.cases.models.case import Case
from amends.cases.rules.fields import FieldType, Filled
from amends.cases.rules.kinds import CaseKind
from config.demonstration.stage import Stage

CONTRACT = Definition(
    label={
        "en": "Contract number",
        "ru": "Номер договора",
        "pl": "Numer umowy",
        "sq": "Numri i kontratës",
        "lt": "Sutarties numeris",
    },
    help={
        "en": "It stands on each bill, at the top on the right.",
        "ru": "Он указан в каждом счёте, вверху справа.",
        "pl": "Jest na każdym rachunku, u góry po prawej.",
        "sq": "Gjendet në çdo faturë, lart djathtas.",
        "lt": "Jis yra kiekvienoje sąskaitoje, viršuje dešinėje.",
    },
    kinds=frozenset({CaseKind.COMPLAINT, CaseKind.REQUEST}),
    personal=True,
)
DISTRICT = Definition(
    label={
        "en": "District",
        "ru": "Район",
        "pl": "Dzielnica",
        "sq": "Lagjja",
        "lt": "Rajonas",
    },
    kinds=frozenset(CaseKind),
)
DISTRICTS = (
    {
        "en": "Old town",
        "ru": "Старый город",
        "pl": "Stare Miasto",
        "sq": "Qyteti i vjetër",
        "lt": "Senamiestis",
    },
    dict.fromkeys(("en", "pl", "sq", "lt"), "Žirmūnai") | {"ru": "Жирмунай"},
)


def tell(on: Stage) -> None:
    """Define the fields, and fill them in on a few cases."""
    marta, at = on.who("marta"), on.moments.back(3, "11:00")
    number = define_field(FieldType.SHORT_TEXT, definition=CONTRACT, by=marta, at=at)
    district = define_field(FieldType.ONE_OF, definition=DISTRICT, by=marta, at=at)
    choices = [keep_choice(district, label=each, by=marta, at=at) for each in DISTRICTS]
    later = on.moments.lately()
    for place, name in enumerate(("Rūta", "Marek", "Simona")):
        case = Case.objects.open().filter(person__name__startswith=name).earliest("pk")
        chosen = Filled(choices=frozenset({choices[place % 2].pk}))
        values = {number.pk: Filled(text=f"K-20{place}4"), district.pk: chosen}
        fill_in(case, values=values, by=on.who("grace"), at=later)
