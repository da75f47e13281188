"""Every language addresses people in its own way. Source: requirements S4-20."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.people.rules import lithuanian, polish
from amends.people.rules.address import (
    MANNERS,
    Addressee,
    greeting,
    honorific_of,
    is_only_greeting,
    spoken,
)
from amends.people.rules.kinds import Honorific

pytestmark = pytest.mark.requirement("S4-20")
HIM, HER, THEM = Honorific.MISTER, Honorific.MISSUS, Honorific.UNKNOWN

POLISH_WOMEN = """
Anna Anno, Ewa Ewo, Maria Mario, Julia Julio, Zofia Zofio, Katarzyna Katarzyno, Barbara Barbaro,
Kasia Kasiu, Basia Basiu, Gosia Gosiu, Zosia Zosiu, Zuzia Zuziu, Jadzia Jadziu, Ania Aniu,
Hania Haniu, Sonia Soniu, Ola Olu, Ala Alu, Ela Elu, Jola Jolu, Kamila Kamilo, Urszula Urszulo,
Gabriela Gabrielo, Stefania Stefanio, Antonia Antonio, Patrycja Patrycjo, Alicja Alicjo, Maja Maju,
Kaja Kaju, Sylwia Sylwio, Oliwia Oliwio, Ksenia Ksenio, Nadia Nadiu, Lidia Lidio, Monika Moniko,
Olga Olgo, Beata Beato, Noemi Noemi, Carmen Carmen, Ingrid Ingrid, Małgosia Małgosiu,
Anna-Maria Anno-Mario, Rūta Rūta
"""
POLISH_MEN = """
Jan Janie, Adam Adamie, Jakub Jakubie, Filip Filipie, Stanisław Stanisławie, Józef Józefie,
Denis Denisie, Robert Robercie, Zygmunt Zygmuncie, Konrad Konradzie, Piotr Piotrze, Artur Arturze,
Grzegorz Grzegorzu, Michał Michale, Paweł Pawle, Rafał Rafale, Karol Karolu, Daniel Danielu,
Marek Marku, Jacek Jacku, Leszek Leszku, Patryk Patryku, Wojciech Wojciechu, Andrzej Andrzeju,
Maciej Macieju, Tomasz Tomaszu, Mateusz Mateuszu, Dariusz Dariuszu, Jerzy Jerzy, Antoni Antoni,
Ignacy Ignacy, Ernest Erneście, Kacper Kacprze, Aleksander Aleksandrze, Kuba Kubo, Staś Stasiu,
Mieszko Mieszku, Bruno Bruno, Oskar Oskarze, Jan-Paweł Janie-Pawle, Jürgen Jürgen
"""
POLISH_FAMILIES = """
Nowak Nowaku, Kowalski Kowalski, Nowicki Nowicki, Zieliński Zieliński, Wójcik Wójciku,
Dudek Dudku, Mickiewicz Mickiewiczu, Kowal Kowalu, Mazur Mazurze, Zięba Ziębo, Walczak Walczaku,
Sikora Sikoro, Kowalczyk Kowalczyku, Baran Baranie, Grabarz Grabarzu, Tusk Tusku, Marzec Marzec,
Kozieł Kozieł, Gołąb Gołąb, Cichy Cichy, Kot Kocie, Gross Grossie, Drozd Droździe, Batory Batory,
Wałęsa Wałęso, Ziółko Ziółku, Bek Beku, Müller Müller, Nowak-Zięba Nowaku-Ziębo, Anders Andersie
"""
LITHUANIAN_MEN = """
Jonas Jonai, Tomas Tomai, Antanas Antanai, Mantas Mantai, Lukas Lukai, Vytautas Vytautai,
Algis Algi, Jurgis Jurgi, Kęstutis Kęstuti, Stasys Stasy, Kazys Kazy, Darius Dariau,
Paulius Pauliau, Saulius Sauliau, Andrius Andriau, Marius Mariau, Petrus Petrau, Julijus Julijau,
Nojus Nojau, Kazlauskas Kazlauskai, Petraitis Petraiti, Brazauskas Brazauskai, Kairys Kairy,
Rimkevičius Rimkevičiau, Stankus Stankau, Butkus Butkau, Dulkė Dulke, Nikita Nikita, Otto Otto,
Chris Chris, Thomas Thomas, Dennis Dennis, Max Max, Li Li, Vydūnas-Storosta Vydūnai-Storosta
"""
LITHUANIAN_WOMEN = """
Rūta Rūta, Eglė Egle, Aistė Aiste, Milda Milda, Birutė Birute, Julija Julija, Ieva Ieva, Rasa Rasa,
Dalia Dalia, Jūratė Jūrate, Gintarė Gintare, Ugnė Ugne, Austėja Austėja, Lina Lina, Vilma Vilma,
Petrauskienė Petrauskiene, Kazlauskaitė Kazlauskaite, Brazauskienė Brazauskiene, Ona Ona,
Rimkutė Rimkute, Butkutė Butkute, Stankevičiūtė Stankevičiūte, Adamkienė Adamkiene, Iris Iris,
Doris Doris, Nowak Nowak, Kubilienė Kubiliene, Šimonytė Šimonyte, Irena Irena, Kotryna Kotryna,
Petraitė-Jonienė Petraite-Joniene
"""
RUSSIAN = """
Анна Сергеевна Ковалёва, Мария Ивановна Петрова, Ольга Ильинична Белая, Елена Никитична Кац,
Наталья Фёдоровна Лис, Зоя Кузьминична Мак, Лейла Рашидовна Али, Вера Львовна Грач,
Нина Яковлевна Дуб, Ирина Павловна Ёж, Юлия Олеговна Жук, Алла Юрьевна Зима, Рита Игоревна Ива,
Софья Андреевна Лось, Яна Эдуардовна Мышь, Дарья Петровна Орёл, Инна Лукинична Пух,
Иван Петрович Сидоров, Пётр Ильич Чайковский, Сергей Никитич Хрущёв, Олег Кузьмич Рак,
Лев Фомич Сом, Фёдор Лукич Тур, Юрий Алексеевич Гагарин, Антон Павлович Чехов,
Лев Николаевич Толстой, Николай Васильевич Гоголь, Михаил Юрьевич Лермонтов, Илья Ефимович Репин,
Андрей Дмитриевич Сахаров, Глеб Саввич Уж, Марк Львович Фет
"""
ALBANIAN = """
Agim Hoxha, Besnik Gashi, Ilir Meta, Luan Krasniqi, Driton Berisha, Fatos Nano, Gjergj Kastrioti,
Bujar Nishani, Edi Rama, Sali Shehu, Ali Dema, Toni Leka, Ardit Çela, Shpëtim Duka, Përparim Zeka,
Blerim Kola, Kujtim Prifti, Petrit Bushi, Skënder Luarasi, Xhevdet Doda, Arta Hoxha, Mimoza Lika,
Vjosa Osmani, Drita Basha, Teuta Arifi, Lule Cani, Besa Luzha, Flutura Açka, Ermira Mehmeti,
Zana Marku, Shpresa Deda, Albulena Haxhiu, Majlinda Kelmendi
"""
ENGLISH = """
Ada Lovelace, Grace Hopper, Alan Turing, Jane Austen, Mary O'Neill, John Smith, Anne-Marie Jones,
Owen Davies, Fiona MacLeod, Priya Sharma, Wei Zhang, Amara Okafor, José García, Søren Berg,
Zoë Adams, Tom Baker, Ruth Cohen, Hugo van Dijk, Ludwig Braun, Ines Costa, Omar Haddad, Yuki Mori,
Lena Novak, Ivan Horvat, Kim Lee, Rosa Parks, Nora Quinn, Paul Rand, Uma Thorn, Max Vale, Eve West
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [tuple(cell.split()) for cell in " ".join(table.split()).split(", ")]  # type: ignore[misc] # three words each


def people(table: str) -> list[str]:
    return " ".join(table.split()).split(", ")


@pytest.mark.parametrize(("name", "called"), pairs(POLISH_WOMEN))
def test_a_woman_is_called_in_polish(name, called):
    assert polish.vocative_given(name, HER) == called
    assert spoken(Addressee(name=name, given=name, honorific=HER), "pl") == f"Pani {called}"


@pytest.mark.parametrize(("name", "called"), pairs(POLISH_MEN))
def test_a_man_is_called_in_polish(name, called):
    who = Addressee(name=name, given=name, family="Nowak", honorific=HIM)
    assert greeting(who, "pl") == f"Szanowny Panie {called}"


@pytest.mark.parametrize(("name", "called"), pairs(POLISH_FAMILIES))
def test_a_man_known_by_his_family_name_is_called_in_polish(name, called):
    who = Addressee(name=name, family=name, honorific=HIM)
    assert greeting(who, "pl") == f"Szanowny Panie {called}"


@pytest.mark.parametrize("name", [name for name, _called in pairs(POLISH_FAMILIES)])
def test_a_woman_s_family_name_is_never_bent_in_polish(name):
    who = Addressee(name=name, family=name, honorific=HER)
    assert greeting(who, "pl") == f"Szanowna Pani {name}"


@pytest.mark.parametrize(("name", "called"), pairs(LITHUANIAN_MEN))
def test_a_man_is_called_in_lithuanian(name, called):
    assert lithuanian.vocative(name, HIM) == called
    who = Addressee(name=name, given="Jonas", family=name, honorific=HIM)
    assert greeting(who, "lt") == f"Gerbiamas pone {called}"


@pytest.mark.parametrize(("name", "called"), pairs(LITHUANIAN_WOMEN))
def test_a_woman_is_called_in_lithuanian(name, called):
    who = Addressee(name=name, given="Rūta", family=name, honorific=HER)
    assert spoken(who, "lt") == f"ponia {called}"


@pytest.mark.parametrize("name", people(RUSSIAN))
def test_a_russian_is_called_by_name_and_patronymic(name):
    given_, patronymic, family = name.split()
    who = Addressee(name=name, given=given_, patronymic=patronymic, family=family)
    courtesy = "Уважаемая" if patronymic.endswith("на") else "Уважаемый"
    assert greeting(who, "ru") == f"{courtesy} {given_} {patronymic}"
    assert spoken(who, "ru") == f"{given_} {patronymic}"
    assert honorific_of(who) is (HER if courtesy.endswith("ая") else HIM)


@pytest.mark.parametrize("name", people(ALBANIAN))
@pytest.mark.parametrize(
    ("honorific", "written", "aloud"),
    [(HIM, "I nderuar z.", "zoti"), (HER, "E nderuar znj.", "zonja")],
)
def test_an_albanian_name_is_never_bent(name, honorific, written, aloud):
    given_, family = name.split()
    who = Addressee(name=name, given=given_, family=family, honorific=honorific)
    assert greeting(who, "sq") == f"{written} {family}"
    assert spoken(who, "sq") == f"{aloud} {family}"


@pytest.mark.parametrize("name", people(ENGLISH))
@pytest.mark.parametrize(("honorific", "title"), [(HIM, "Mr"), (HER, "Ms")])
def test_in_english_a_title_stands_before_the_family_name(name, honorific, title):
    given_, family = name.split(" ", 1)
    who = Addressee(name=name, given=given_, family=family, honorific=honorific)
    assert greeting(who, "en") == f"Dear {title} {family}"
    assert spoken(who, "en") == f"{title} {family}"


@pytest.mark.parametrize(
    ("who", "language", "said"),
    [
        (Addressee(name="Ada", given="Ada", honorific=HER), "en", "Dear Ada"),
        (Addressee(name="Kac", family="Кац", honorific=HIM), "ru", "Уважаемый господин Кац"),
        (Addressee(name="Kac", family="Кац", honorific=HER), "ru", "Уважаемая госпожа Кац"),
        (
            Addressee(name="Anna", given="Anna", patronymic="Maria", honorific=HER),
            "ru",
            "Уважаемая Anna",
        ),
        (Addressee(name="Arta", given="Arta", honorific=HER), "sq", "E nderuar znj. Arta"),
        (Addressee(name="Nobody known", honorific=HIM), "lt", "Gerbiamas Nobody known"),
    ],
)
def test_what_is_missing_of_a_name_is_done_without(who, language, said):
    assert greeting(who, language) == said


@pytest.mark.parametrize("language", MANNERS)
def test_a_greeting_with_no_word_after_it_says_nothing(language):
    who = Addressee(name="Sam Lee", given="Sam", family="Lee", honorific=HIM)
    begun = greeting(who, language)
    assert is_only_greeting(f"{begun},\n\n", who)
    assert is_only_greeting(f" {begun} !", who)
    assert not is_only_greeting(f"{begun},\n\nOK", who)
    assert not is_only_greeting("", who)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Dear Sam Lee"),
        ("ru", "Здравствуйте, Sam Lee"),
        ("pl", "Dzień dobry, Sam Lee"),
        ("sq", "Përshëndetje, Sam Lee"),
        ("lt", "Laba diena, Sam Lee"),
    ],
)
def test_where_nothing_is_known_the_full_name_stands_in_a_neutral_greeting(language, said):
    who = Addressee(name="Sam Lee", given="Sam", family="Lee")
    assert greeting(who, language) == said
    assert spoken(who, language) == "Sam Lee"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Dear Jonas"),
        ("ru", "Дорогой Jonas"),
        ("pl", "Drogi Jonasie"),
        ("sq", "I dashur Jonas"),
        ("lt", "Mielas Jonai"),
    ],
)
def test_those_who_like_it_informal_are_called_by_their_given_name(language, said):
    who = Addressee(name="Jonas K.", given="Jonas", family="K.", honorific=HIM, informal=True)
    assert greeting(who, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Dear Vanduo"),
        ("ru", "Здравствуйте"),
        ("pl", "Szanowni Państwo"),
        ("sq", "Të nderuar"),
        ("lt", "Gerbiamieji"),
    ],
)
def test_an_organisation_is_greeted_as_many(language, said):
    who = Addressee(name="Vanduo", organisation=True)
    assert greeting(who, language) == said
    assert spoken(who, language) == "Vanduo"


def test_the_customer_s_own_wish_holds_over_everything():
    who = Addressee(
        name="Ada Byron", family="Byron", honorific=HER, forms={"lt": "profesore", "pl": " "}
    )
    assert greeting(who, "lt") == "Gerbiama profesore"
    assert spoken(who, "lt") == "profesore"
    assert greeting(who, "pl") == "Szanowna Pani Byron"
    assert greeting(replace(who, organisation=True), "lt") == "Gerbiama profesore"


names = st.text(min_size=1, max_size=40).filter(str.strip)


@given(names, names, names, st.sampled_from(Honorific), st.sampled_from(sorted(MANNERS)))
def test_anybody_can_be_addressed(full, first, last, honorific, language):
    who = Addressee(name=full, given=first, family=last, honorific=honorific)
    assert greeting(who, language).strip()
    assert spoken(who, language).strip()


@given(names, st.sampled_from(sorted(MANNERS)))
def test_no_sex_is_guessed_where_none_is_known(full, language):
    who = Addressee(name=full, given=full, family=full)
    assert greeting(who, language) == f"{MANNERS[language].formal[2]} {full}"


@given(
    st.text(alphabet="aąbcčdeęėfghiįyjklmnoprsštuųūvzž", max_size=12), st.sampled_from(Honorific)
)
def test_a_lithuanian_vocative_keeps_the_root(word, honorific):
    assert lithuanian.vocative(word, honorific)[: len(word) - 2] == word[: len(word) - 2]
