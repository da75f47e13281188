import pytest

from amends.language.drafts import Context
from amends.language.lexicon import TONGUES
from amends.language.remarks import CODES, Remark, ranked, remarks, shown

NAMES = {"en": "Anna Hill", "ru": "Анна Холмова", "pl": "Anna Górska", "sq": "Ana Kodra"}
NAMES["lt"] = "Ona Kalnienė"
GOOD = {
    "en": "Dear Ms Hill, thank you for telling us. I am sorry that the heating is off; I can see"
    " how tiring that is with a child. The engineer comes on Tuesday 14 May at 10.",
    "ru": "Анна, спасибо, что написали. Прошу прощения за холод; понимаю, как это тяжело с"
    " ребёнком. Мастер придёт во вторник, 14 мая, в 10 часов.",
    "pl": "Szanowna Pani Anno, dziękuję za wiadomość. Przepraszam za brak ogrzewania; rozumiem,"
    " jakie to uciążliwe z dzieckiem. Technik przyjedzie we wtorek 14 maja o 10.",
    "sq": "E nderuar Ana, faleminderit që na shkruat. Ju kërkoj falje për të ftohtin; e kuptoj sa e"
    " vështirë është me fëmijë. Tekniku vjen të martën, më 14 maj, në orën 10.",
    "lt": "Gerbiama Ona, ačiū, kad parašėte. Atsiprašau dėl šalčio; suprantu, kaip sunku su"
    " vaiku. Meistras atvyks antradienį, gegužės 14 d., 10 val.",
}
BAD = {
    "en": "CALM DOWN PLEASE EVERYBODY!!! It is your own fault, you should have read the manual."
    " Stupid question. It is not our responsibility, contact the manufacturer.",
    "ru": "УСПОКОЙТЕСЬ ЖЕ НАКОНЕЦ ВСЕ!!! Вы сами виноваты, надо было читать инструкцию. Глупый"
    " вопрос. Мы за это не отвечаем, обращайтесь к производителю.",
    "pl": "PROSZĘ SIĘ NATYCHMIAST USPOKOIĆ!!! To Pani wina, trzeba było przeczytać instrukcję."
    " Głupie pytanie. Nie ponosimy odpowiedzialności, proszę pisać do producenta.",
    "sq": "QETËSOHUNI TANI JU LUTEM!!! Faji është i juaji, duhej të lexonit udhëzimet. Pyetje"
    " budallaqe. Nuk mbajmë përgjegjësi, drejtojuni prodhuesit.",
    "lt": "NUSIRAMINKITE PAGALIAU PRAŠOM VISI!!! Jūs patys kalti, reikėjo skaityti instrukciją."
    " Kvailas klausimas. Mes neatsakome, kreipkitės į gamintoją.",
}
UNKIND = {"shouting", "anger_denied", "blames_customer", "rude", "responsibility_refused"}


def codes(draft, **context):
    return {remark.code for remark in remarks(draft, Context(**context))}


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_good_answer_gets_no_remark(tongue):
    assert codes(GOOD[tongue], customer_name=NAMES[tongue], language=tongue) == set()


@pytest.mark.requirement(
    "S1-11", "S3-49", "S3-53", "S3-80", "S4-07b", "S4-07c", "S4-26", "S4-28", "S4-29"
)
@pytest.mark.parametrize("tongue", TONGUES)
def test_an_unkind_answer_gets_its_remarks_and_each_says_why(tongue):
    found = remarks(BAD[tongue], Context(customer_name=NAMES[tongue], language=tongue))
    assert {remark.code for remark in found} >= UNKIND | {"missing_apology", "missing_empathy"}
    assert all(remark.why and remark.better for remark in found)
    assert found[0].code == "rude"
    assert found[0].words


def test_three_are_shown_at_once_the_gravest_first_and_a_dismissed_one_stays_away():
    found = remarks(BAD["en"], Context(customer_name="Anna Hill", language="en"))
    assert [remark.code for remark in shown(found, frozenset({"rude"}))] == [
        "blames_customer",
        "anger_denied",
        "responsibility_refused",
    ]
    assert ranked(reversed(found)) == found
    assert isinstance(found[0], Remark)


@pytest.mark.requirement("S4-25", "S3-64")
def test_taking_note_and_sending_away_are_remarked_on():
    assert codes("Thank you. Your comments have been noted.", customer_name="") >= {"indifferent"}
    assert "brush_off" in codes("Please contact the manufacturer.", is_complaint=False)


def test_a_time_must_be_one_that_can_be_held():
    assert "vague_time" in codes("We will refund you in due course.", is_complaint=False)
    assert "vague_time" not in codes("Shortly, on 14 May, we refund you.", is_complaint=False)


def test_the_language_is_the_customers():
    found = remarks(GOOD["pl"], Context(customer_name="Anna Górska", language="lt"))
    assert [remark.code for remark in found] == ["wrong_language"]
    assert found[0].better == "Rašykite lietuviškai."
    italian = "Buongiorno, in allegato trova la copia del contratto che ci ha chiesto ieri."
    assert codes(italian, language="sq", is_complaint=False) == {"wrong_language"}
    assert codes(italian, language="uk", is_complaint=False) == {"wrong_language"}


@pytest.mark.requirement("S3-79", "S3-81")
def test_officialese_and_endless_sentences_are_unclear():
    office = (
        "Pursuant to section 9 of the aforementioned terms, and notwithstanding the provisions"
        " hereinafter stipulated, remittance shall be deemed constituted."
    )
    assert "unclear" in codes(office, is_complaint=False)
    endless = " ".join(["administrative considerations necessitating organisational"] * 12) + "."
    assert "unclear" in codes(endless, language="en", is_complaint=False)
    three = "Prior to the event, the section in respect of regulatory methodology is commenced here"
    assert "unclear" in codes(three + " with considerable organisational complexity.")


def test_what_is_not_for_this_customer_must_not_leave():
    context = {"is_complaint": False, "known": ("K-4471", "", "nowhere")}
    draft = "Your neighbour's case k-4471 is closed. Do not send this: internal note."
    assert codes(draft, **context) >= {"data_of_another", "internal_note"}


def test_promises_are_recorded_and_within_the_offer():
    draft = "We refund you on 14 May and send a courier at night."
    assert codes(draft, recorded_days=("14 May",), is_complaint=False) == set()
    found = codes(draft, recorded_days=("15 June",), limits=("at night",), is_complaint=False)
    assert found == {"unrecorded_promise", "against_limits"}


@pytest.mark.parametrize(("formal", "wrong"), [(True, True), (False, False), (None, False)])
def test_the_form_of_address_is_the_one_wished_for(formal, wrong):
    found = codes("Ačiū, tau paskambinsiu rytoj, tu gausi laišką.", formal=formal)
    assert ("wrong_address" in found) == wrong


def test_every_issue_is_answered():
    issues = {"lamp": ("lamp",), "gate": ("gate", "door"), "nothing": ()}
    found = remarks("The lamp is mended.", Context(is_complaint=False, open_issues=issues))
    assert {remark.code for remark in found} == {"issue_unanswered"}
    assert found[0].code not in CODES
