import pytest

from amends.people import queries
from amends.people.models import Person
from amends.people.rules.duplicates import Sign
from amends.people.rules.kinds import Honorific
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make.staff()


def names(agent, text):
    return [found.name for found in queries.find_people_for(agent, text)]


class TestFinding:
    @pytest.fixture(autouse=True)
    def customers(self):
        make.organisation()
        make.person("Rūta Petrauskienė", number="K-1029", telephone="8 612 34567")
        make.person("Ковалёва Анна Сергеевна", honorific=Honorific.MISSUS)
        make.person("Łukasz Wiśniewski", email="lukasz@x.example", honorific=Honorific.MISTER)
        make.person("Gjergj Çela")

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("ruta", ["Rūta Petrauskienė"]),
            ("petrausk ruta", ["Rūta Petrauskienė"]),
            ("рута пет", ["Rūta Petrauskienė"]),
            ("kovaliova", ["Ковалёва Анна Сергеевна"]),
            ("kovalyova", ["Ковалёва Анна Сергеевна"]),
            ("ковалева", ["Ковалёва Анна Сергеевна"]),
            ("lukasz wisn", ["Łukasz Wiśniewski"]),
            ("cela", ["Gjergj Çela"]),
            ("K-1029", ["Rūta Petrauskienė"]),
            ("k1029", ["Rūta Petrauskienė"]),
            ("8 612 345", ["Rūta Petrauskienė"]),
            ("+370 612", ["Rūta Petrauskienė"]),
            ("34567", ["Rūta Petrauskienė"]),
            ("lukasz@", ["Łukasz Wiśniewski"]),
            ("nobody", []),
            ("ruta nobody", []),
            ("", []),
            ("%", []),
        ],
    )
    def test_by_whatever_is_known(self, agent, typed, found):
        assert names(agent, typed) == found

    def test_costs_few_statements(self, agent, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            assert names(agent, "ruta")

    def test_a_way_to_reach_them_is_told(self, agent):
        (found,) = queries.find_people_for(agent, "lukasz")
        assert (found.point, found.inside) == ("lukasz@x.example", False)

    def test_the_list_narrows_down_in_the_same_way(self, agent):
        assert [p.name for p in queries.customer_list_for(agent, text="kovaliova")] == [
            "Ковалёва Анна Сергеевна"
        ]

    def test_nothing_is_found_by_whom_customers_are_no_business_of(self):
        assert names(make.staff(role=Role.EMPLOYEE), "ruta") == []


def test_the_whole_name_comes_before_those_that_only_begin_with_it(agent):
    for number in range(12):
        make.person(f"Lina{number:02} Aa")
    make.person("Zoe Lin")
    make.person("Lin Zhang")
    assert names(agent, "lin")[:2] == ["Zoe Lin", "Lin Zhang"] or names(agent, "lin")[:2] == [
        "Lin Zhang",
        "Zoe Lin",
    ]
    assert len(names(agent, "lin")) == queries.MOST_FOUND


def test_a_list_is_read_page_by_page_in_the_order_of_names(agent, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for name in ("Ąžuolas", "Бобров", "Zoe", "Ćwik", "azuolas"):
        make.person(name)
    seen, after = [], None
    while True:
        page = list(queries.customer_list_for(agent, after=after))
        seen += [person.name for person in page[:2]]
        if len(page) < 3:
            break
        after = (page[1].sorts_as, page[1].pk)
    assert seen == ["Ąžuolas", "azuolas", "Бобров", "Ćwik", "Zoe"]


def test_a_person_is_not_shown_to_whom_customers_are_no_business_of():
    with pytest.raises(Person.DoesNotExist):
        queries.person_for(make.staff(role=Role.EMPLOYEE), make.person().pk)


def test_duplicates_are_told_with_their_signs():
    person = make.person("Rūta Petrauskienė", email="ruta@x.example")
    same = make.person("Рута Петраускене", email="ruta@x.example")
    namesake = make.person("Petrauskiene Ruta")
    make.person("Jonas Petrauskas", email="ruta@x.example")
    found = queries.possible_duplicates(person)
    assert [(each.person, each.likeness.is_likely) for each in found] == [
        (same, True),
        (namesake, False),
    ]
    assert found[0].likeness.signs == (Sign.SAME_MAIL, Sign.SAME_NAME)


def test_who_is_reached_by_a_mail_address(agent):
    person = make.person("Ada", email="ada@x.example")
    assert list(queries.people_reached_by(" ADA@X.example")) == [person]
    assert list(queries.people_reached_by("nonsense")) == []
    assert [point.value for point in queries.points_of(person)] == ["ada@x.example"]


def test_an_address_that_failed_is_not_written_to():
    person = make.person("Ada", email="ada@x.example")
    person.points.update(failed_at=make.NOW)
    assert queries.mail_address_of(person) == ""


def test_a_name_too_short_to_look_for_has_no_namesakes():
    make.person("Ada")
    assert queries.possible_duplicates(make.person("X")) == []
