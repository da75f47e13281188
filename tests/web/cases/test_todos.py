from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from amends.cases.actions.checklists import Draft, keep_checklist
from amends.cases.actions.todos import Plain, add_todo
from amends.cases.models.todos import Checklist, Todo
from amends.cases.rules.todos import Line
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LISTS = "/settings/checklists/"


@pytest.fixture
def manager(client):
    make.organisation()
    colleague = make.staff("Ona Vadovė", role=Role.MANAGER)
    make.team(members=(colleague,))
    client.force_login(colleague)
    return colleague


@pytest.fixture
def case(manager):
    return make.case(owner=manager)


@pytest.fixture
def todo(case, manager):
    due_at = timezone.now() + timedelta(minutes=5)
    plain = Plain(what="Read the meter.", owner=manager, due_at=due_at)
    return add_todo(case, plain=plain, by=manager, at=timezone.now())


def url(name, case, *pk):
    return reverse(name, args=[case.reference, *pk])


def test_it_is_written_down_by_a_chip_and_stands_apart_from_promises(client, case, manager):
    form = client.get(url("case-todo", case))
    when = form.context["form"].fields["when"].choices[0][0]
    told = {"what": "Read the meter.", "owner": manager.pk, "when": when}
    assert client.post(url("case-todo", case), told).status_code == 302
    page = client.get(url("case", case))
    assert '<div class="todo">' in page.text
    assert "1 open" in page.text
    assert "Nothing is promised yet" in page.text


def test_what_says_nothing_is_refused_in_part(client, case):
    refused = client.post(url("case-todo", case), {"what": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert "<html" not in refused.text


def test_it_is_done_from_my_day_with_an_undo(client, case, todo):
    day = client.get(reverse("my-day"))
    done = url("case-todo-done", case, todo.pk)
    assert done in day.text
    assert done in client.get(reverse("todos")).text
    page = client.post(done, {"evidence": "412"}, follow=True)
    undone = url("case-todo-undone", case, todo.pk)
    assert f'action="{undone}"' in page.text
    assert "done by Ona Vadovė" in page.text
    assert "Not done after all" in client.get(undone).text
    client.post(undone)
    todo.refresh_from_db()
    assert todo.done_at is None


def test_somebody_else_does_it_or_it_is_left_undone(client, case, todo):
    other = make.staff("Jonas", role=Role.SENIOR)
    give = url("case-todo-give", case, todo.pk)
    when = client.get(give).context["form"].fields["when"].choices[0][0]
    client.post(give, {"to": other.pk, "when": when})
    todo.refresh_from_db()
    assert todo.owner == other
    close = client.get(url("case-close", case)).text
    assert "something is still to be done inside" in close
    leave = url("case-leave-todos", case)
    assert leave in close
    assert "no longer needed" in client.get(leave).text
    client.post(leave, {"reason": "He moved."})
    assert "left undone: He moved." in client.get(url("case", case)).text


def test_of_another_case_or_none_there_is_no_page(client, case, todo):
    other = make.case(make.contact("Other."), owner=case.owner)
    assert client.get(url("case-todo-done", other, todo.pk)).status_code == 404
    assert client.get(url("case-checklist", case, 999)).status_code == 404


def test_an_empty_agenda_says_what_would_be_there(client, manager):
    assert "Nothing is to do" in client.get(reverse("todos")).text
    part = client.get(reverse("todos"), headers=HTMX)
    assert part.text.strip().startswith('<div class="page" id="todos">')


def test_an_agenda_of_any_length_takes_few_statements(
    client, case, todo, django_assert_max_num_queries
):
    for n in range(30):
        plain = Plain(what=f"Nr. {n}", owner=case.owner, due_at=todo.due_at)
        add_todo(case, plain=plain, by=case.owner, at=timezone.now())
    with django_assert_max_num_queries(8):
        page = client.get(reverse("todos"))
    assert page.text.count('class="subject"') == 25
    assert client.get(page.context["further"]).text.count('class="subject"') == 6


class TestChecklists:
    def test_one_is_written_put_on_a_case_and_taken_out(self, client, case, manager):
        assert "There are no checklists yet" in client.get(LISTS).text
        told = {
            "name": "Cold flat",
            "kind": "complaint",
            "what_1": "Ring",
            "what_3": "Look",
            "days_3": 2,
        }
        assert client.post(f"{LISTS}new/", told)["Location"] == LISTS
        kept = Checklist.objects.get()
        put = url("case-checklist", case, kept.pk)
        assert put in client.get(url("case", case)).text
        assert "within 2 working days" in client.get(put).text
        client.post(put)
        client.post(put)
        assert Todo.objects.count() == 2
        client.post(reverse("settings-checklist-retire", args=[kept.pk]))
        assert "not offered any more" in client.get(LISTS).text

    def test_one_is_written_anew(self, client, manager):
        draft = Draft(name="Cold flat", kind="", lines=(Line("Ring", 3),))
        kept = keep_checklist(None, draft=draft, by=manager, at=make.NOW)
        page = reverse("settings-checklist", args=[kept.pk])
        assert 'value="Ring"' in client.get(page).text
        client.post(page, {"name": "Cold flat", "what_1": "Write"})
        assert [line.what for line in kept.lines.all()] == ["Write"]

    @pytest.mark.usefixtures("manager")
    @pytest.mark.parametrize("told", [{"name": "A"}, {"name": "A", "what_1": "B", "days_1": "-1"}])
    def test_what_cannot_be_is_refused(self, client, told):
        assert client.post(f"{LISTS}new/", told).status_code == 422
        assert not Checklist.objects.exists()

    @pytest.mark.parametrize("path", ["", "new/", "1/"])
    def test_only_who_decides_it_sees_it(self, client, path):
        client.force_login(make.staff())
        assert client.get(LISTS + path).status_code == 403
