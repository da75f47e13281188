import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.quotes import MOST_LINES, Said, own_words, pieces_of

OWN = "Is he still coming today?"


def said(text: str) -> list[tuple[str, str]]:
    return [(piece.said.value, text[piece.start : piece.end].strip()) for piece in pieces_of(text)]


@pytest.mark.parametrize(
    "history",
    [
        "> We are coming on Tuesday.",
        "On Monday 23 November, Milda wrote:\n> We are coming on Tuesday.",
        "On 23 Nov 2026, at 9:12, Milda <\nmilda@care.example> wrote:\n\n> We are coming.",
        "2026-11-23, pr, 09:12 Milda <milda@care.example> rašė:\n\n> Atvyksime.\n>\n> Milda",
        "Понедельник, 23 ноября,\nМильда Янкаускайте написала:\n> Приедем во вторник.",
        "пн, 23 нояб. 2026 г. в 09:12, Мильда <milda@care.example>:\n\nПриедем во вторник.",
        "23.11.2026 09:12, Мильда пишет:\n> Приедем.",
        '23.11.2026, 09:12, "Мильда" <milda@care.example>:\nПриедем.',
        "W dniu 23.11.2026 o 09:12, Milda pisze:\n> Przyjedziemy.",
        "pon., 23 lis 2026 o 09:12 Milda <milda@care.example> napisał(a):\n\nPrzyjedziemy.",
        "Dnia 23 listopada 2026 09:12 Milda <milda@care.example> napisał(a):\n\nPrzyjedziemy.",
        "Më hën, 23 nën 2026 në 09:12 Milda <milda@care.example> ka shkruar:\n\n> Vijmë.",
        "Më 23.11.2026 09:12, Milda shkroi:\n> Vijmë.",
        "From: Milda\nSent: Monday\nTo: Rūta\nSubject: Re: cold\n\nWe are coming.",
        "From: Milda [mailto:milda@care.example] Sent: Monday, November 23\n\nWe are coming.",
        "Od: Milda\nData: 23 listopada\nDo: Rūta\n\nPrzyjedziemy we wtorek.",
        "От: Мильда <milda@care.example>\nОтправлено: 23 ноября 2026\nКому: Рута\n\nПриедем.",
        "Nuo: Milda\nIšsiųsta: 2026 m. lapkričio 23 d.\nKam: Rūta\nTema: RE: šalta\n\nAtvyksime.",
        "*From:* Milda [mailto:milda@care.example]\n*To:* Rūta\n\nWe are coming.",
        "-----Original Message-----\nFrom: Milda\nSent: Monday\nTo: Rūta\n\nWe are coming.",
        "-----Исходное сообщение-----\n\nПриедем во вторник.",
        "---- On Mon, 23 Nov 2026 09:12:00 +0200 milda@care.example wrote ----\n\nWe are coming.",
        "------ Milda wrote ------\n\n> We are coming.",
        "________________________________\nNga: Milda\nDërguar: e hënë\nPër: Rūta\n\nVijmë.",
        "> We are coming\n (https://care.example/abc) >\n> on Tuesday",
    ],
)
def test_the_history_below_is_folded(history):
    assert said(f"{OWN}\n\n{history}") == [("own", OWN), ("quoted", history)]


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nRūta Kazlauskienė\nGedimino 4-12",
        "--\nRūta",
        "Sent from my iPhone",
        "Sent from Yahoo Mail on Android",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Отправлено с iPhone",
        "Wysłane z iPhone'a",
        "Išsiųsta iš „Samsung“ telefono",
        "Dërguar nga iPhone im",
        "Kind regards,\nRūta Kazlauskienė",
        "С уважением,\nРута",
        "Pozdrawiam serdecznie\nJan",
        "Me respekt,\nArta",
        "Pagarbiai\nRūta",
        "-Rūta Kazlauskienė",
        "______________________________\nneighbours mailing list\nneighbours@lists.example",
    ],
)
@pytest.mark.parametrize(
    "below", ["", "\n\nOn 23 Nov 2026 at 9:12, M. <m@care.example> wrote:\n> We are."]
)
def test_a_signature_is_folded_by_itself(signature, below):
    pieces = said(f"{OWN}\n\n{signature}{below}")
    assert pieces[:2] == [("own", OWN), ("signature", signature)]
    assert [kind for kind, _words in pieces[2:]] == (["quoted"] if below else [])


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "> We are coming on Tuesday.",
        "---------- Forwarded message ----------\nFrom: a@b.example\nTo: c@d.example\n\nHello",
        "Two things: one and two.\nThe second: it is cold.",
        "Name: Rūta Kazlauskienė\nAddress: Gedimino 4-12\nTelephone: 867\nIt is cold.",
        "Date: 3 November\nWhat: the lift\nWho: nobody came",
        "On the other hand, on 3 May 2026 you wrote:\n\nThe lift works.\n\nIt does not.",
        "On 3.11.2026 I wrote to your colleague Milda (milda@care.example):\n\nNobody came.",
        "Your words on the telephone were:\n\nwe come on Tuesday",
        "-----\nRūta",
        "Prices\n-------\n3 EUR",
        "--- What I want ---\nA working lift.",
        "Отправлено из Москвы 3 ноября, не пришло.",
        "Sent from my desk, which is much easier than my telephone.",
        "First\n--\n" + "Second, and this goes on for much longer than any signature would do " * 3,
        f"{OWN}\n\nKind regards,\nRūta\n\nP.S. The door is broken too.",
        f"{OWN}\n\nPagarbiai\nRūta\nKada atvyksite?",
        "```\n> make setup\n```\nThat fails.",
        ">>> >>> http://care.example <<<",
    ],
)
def test_what_may_be_the_writers_own_stays_in_sight(text):
    assert said(text) == [("own", text.strip())]


def test_no_text_has_no_pieces():
    assert pieces_of("") == ()


def test_answers_between_the_lines_stay_in_sight():
    text = (
        "On 15 Dec 2026, at 14:00, Milda <m@care.example> wrote:\n> When?\n\nAt four.\n\n"
        "> And where?\nAt home."
    )
    assert [kind for kind, _words in said(text)] == ["quoted", "own", "quoted", "own"]
    assert own_words(text) == "At four.\n\nAt home."


def test_words_before_a_quotation_that_name_nobody_stay_in_sight():
    text = "You promised this:\n> We are coming on Tuesday.\nNobody came."
    assert own_words(text) == "You promised this:\n\nNobody came."


def test_an_attribution_on_the_writers_own_line_is_taken_from_it():
    text = "Yes--- On Wed, Apr 4, 2012 at 3:59 PM, me@care.example wrote:\n> Hi"
    assert own_words(text) == "Yes"


def test_a_very_long_text_is_told_apart_by_its_first_lines():
    history = "From: a@b.example\nTo: c@d.example\n\n" + "line\n" * MOST_LINES
    assert own_words(OWN + "\n\n" + history) == OWN
    assert own_words("line\n" * (MOST_LINES + 1)) == ("line\n" * (MOST_LINES + 1)).strip()


def test_a_line_of_any_length_is_judged_by_its_beginning():
    text = "x" * 5000 + "\n> " + "y" * 5000
    assert [kind for kind, _words in said(text)] == ["own", "quoted"]


@given(st.text(alphabet=st.sampled_from("ab >:-\n\r@<2_.\u2028"), max_size=200) | st.text())
def test_nothing_is_lost(text):
    pieces = pieces_of(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    if text.strip():
        assert any(
            piece.said is Said.OWN and text[piece.start : piece.end].strip() for piece in pieces
        )
