"""The outside bodies that we know of, none of them named in a letter before somebody checked it."""

from django.db import migrations

BODIES = [
    {
        "country": "LT",
        "trade": "",
        "name": {
            "lt": "Valstybinė vartotojų teisių apsaugos tarnyba",
            "en": "State Consumer Rights Protection Authority",
        },
        "link": "https://vvtat.lrv.lt/",
        "within": 1,
        "within_unit": "years",
        "source": "vvtat.lrv.lt, questions and answers",
    },
    {
        "country": "GB",
        "trade": "bank",
        "name": {"en": "Financial Ombudsman Service"},
        "link": "https://www.financial-ombudsman.org.uk/",
        "within": 6,
        "within_unit": "months",
        "source": "FCA Handbook, DISP 1.6.2R",
    },
    {
        "country": "AL",
        "trade": "utility",
        "name": {
            "sq": "AKEP, Autoriteti i Komunikimeve Elektronike dhe Postare",
            "en": "AKEP, electronic communications and post",
        },
        "link": "https://akep.al/",
        "within": 15,
        "within_unit": "days",
        "source": "akep.al, under law 9918/2008, which law 54/2024 has replaced since",
    },
    {
        "country": "AL",
        "trade": "utility",
        "name": {"sq": "ERE, Enti Rregullator i Energjisë", "en": "ERE, energy"},
        "source": "akep.al, bodies for disputes by sector",
    },
    {
        "country": "AL",
        "trade": "utility",
        "name": {"sq": "ERRU, Enti Rregullator i Ujit", "en": "ERRU, water"},
        "source": "akep.al, bodies for disputes by sector",
    },
]


def ship(apps, _editor):
    body = apps.get_model("cases", "OutsideBody")
    body.objects.bulk_create(body(**{"address": {}, "link": "", **facts}) for facts in BODIES)


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_procedures")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
