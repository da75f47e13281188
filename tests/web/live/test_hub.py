"""Who hears of what, who is where, and who is writing, without any input or output."""

from amends.web.live.hub import FORGETS_AFTER, MOST_OF_ONE, Company, Hub
from amends.web.live.passes import HOLDS_SECONDS, Pass

CASE = "case:7"
DRAFT = "draft:A-1:reply"


def seen_by(staff, *topics, place="", made_at=100.0):
    return Pass(staff=staff, topics=topics, place=place, made_at=made_at)


def on_case(staff, made_at=100.0):
    return seen_by(staff, CASE, DRAFT, place=CASE, made_at=made_at)


def listening():
    hub = Hub()
    hub.begin_listening(wall=50.0)
    return hub


def told(hub, *said, at=0.0, wall=200.0):
    for one in said:
        hub.hear(one, at=at, wall=wall)


def say_to_each_other(*hubs, at=0.0):
    """Carry what each process says to all of them, as the database does, until nothing is left."""
    while any(hub.outbox for hub in hubs):
        said = [one for hub in hubs for one in hub.outbox]
        for hub in hubs:
            hub.outbox = {}
        for hub in hubs:
            told(hub, *said, at=at)


def test_news_reach_those_who_follow_and_nobody_else():
    hub = listening()
    follows, other = hub.enter(on_case(1)), hub.enter(seen_by(2, "case:8"))
    told(hub, f"news {CASE} 12")
    assert follows.news == {CASE: "12"}
    assert other.news == {}


def test_what_is_told_twice_before_somebody_looks_is_told_once():
    hub = listening()
    client = hub.enter(on_case(1))
    told(hub, f"news {CASE} 12", f"news {CASE} 13")
    assert client.news == {CASE: "13"}


def test_what_happened_while_the_page_was_on_its_way_is_told_on_entering():
    hub = listening()
    told(hub, f"news {CASE} 12", wall=101.0)
    assert hub.enter(on_case(1, made_at=100.0)).news == {CASE: ""}
    assert hub.enter(on_case(2, made_at=102.0)).news == {}


def test_a_page_older_than_our_listening_asks_again():
    hub = Hub()
    assert hub.enter(on_case(1)).again
    hub.begin_listening(wall=150.0)
    assert hub.enter(on_case(2, made_at=149.0)).again
    assert not hub.enter(on_case(3, made_at=151.0)).again


def test_who_was_there_while_nobody_listened_asks_again():
    hub = listening()
    client = hub.enter(on_case(1))
    assert not client.again
    hub.begin_listening(wall=150.0)
    assert client.again


def test_two_in_different_processes_know_of_each_other():
    one, other = listening(), listening()
    first, second = one.enter(on_case(1)), other.enter(on_case(2))
    say_to_each_other(one, other)
    assert one.company_of(first) == Company(here=(2,))
    assert other.company_of(second) == Company(here=(1,))


def test_who_comes_later_hears_at_once_who_is_here():
    one, other = listening(), listening()
    one.enter(on_case(1))
    say_to_each_other(one, other)
    late = other.enter(on_case(2))
    say_to_each_other(one, other)
    assert other.company_of(late) == Company(here=(1,))


def test_nobody_is_their_own_company():
    hub = listening()
    client = hub.enter(on_case(1))
    hub.enter(on_case(1))
    say_to_each_other(hub)
    assert hub.company_of(client) == Company()


def test_who_leaves_is_gone_within_ten_seconds():
    hub = listening()
    stays, goes = hub.enter(on_case(1)), hub.enter(on_case(2))
    say_to_each_other(hub)
    hub.leave(goes)
    say_to_each_other(hub, at=1.0)
    stays.woken.clear()
    hub.sweep(at=8.0, wall=200.0)
    assert hub.company_of(stays) == Company()
    assert stays.woken.is_set()


def test_who_closes_one_of_two_windows_is_still_here():
    hub = listening()
    stays, goes, too = hub.enter(on_case(1)), hub.enter(on_case(2)), hub.enter(on_case(2))
    say_to_each_other(hub)
    hub.leave(goes)
    assert "gone" not in "".join(hub.outbox)
    hub.leave(too)
    assert f"gone {CASE} 2" in hub.outbox
    assert stays in hub.clients[CASE]


def test_a_process_that_died_takes_its_people_with_it():
    one, other = listening(), listening()
    client = one.enter(on_case(1))
    other.enter(on_case(2))
    say_to_each_other(one, other)
    one.sweep(at=FORGETS_AFTER + 0.1, wall=200.0)
    assert one.company_of(client) == Company()


def test_who_stays_is_said_again_before_others_forget():
    hub = listening()
    hub.enter(on_case(1))
    say_to_each_other(hub)
    hub.sweep(at=4.0, wall=200.0)
    hub.outbox = {}
    hub.sweep(at=7.9, wall=200.0)
    assert not hub.outbox
    hub.sweep(at=8.0, wall=200.0)
    assert f"here {CASE} 1" in hub.outbox


def test_who_writes_is_known_until_they_stop_or_send():
    hub = listening()
    client = hub.enter(on_case(1))
    told(hub, f"typing {DRAFT} 2")
    assert hub.company_of(client) == Company(here=(2,), typing=(2,))
    hub.sweep(at=7.0, wall=200.0)
    assert hub.company_of(client) == Company()
    told(hub, f"typing {DRAFT} 2", at=8.0)
    told(hub, f"still {DRAFT} 2", at=9.0)
    hub.sweep(at=9.0, wall=200.0)
    assert hub.company_of(client) == Company()


def test_what_one_writes_oneself_is_no_company():
    hub = listening()
    client = hub.enter(on_case(1))
    told(hub, f"typing {DRAFT} 1")
    assert hub.company_of(client) == Company()


def test_the_oldest_of_too_many_windows_of_one_person_ends():
    hub = listening()
    windows = [hub.enter(on_case(1)) for _ in range(MOST_OF_ONE + 1)]
    assert windows[0].ended == "enough"
    assert not any(window.ended for window in windows[1:])
    assert len(list(hub.everybody())) == MOST_OF_ONE


def test_nothing_is_kept_of_those_who_left():
    hub = listening()
    for staff in range(50):
        client = hub.enter(on_case(staff))
        say_to_each_other(hub)
        hub.leave(client)
        hub.leave(client)
    say_to_each_other(hub)
    hub.sweep(at=100.0, wall=200.0 + HOLDS_SECONDS)
    assert (hub.clients, hub.of, hub.here, hub.typing, hub.heard) == ({}, {}, {}, {}, {})


def test_what_makes_no_sense_is_not_heard():
    hub = listening()
    client = hub.enter(on_case(1))
    told(hub, "", "here", f"here {CASE}", f"here {CASE} x", f"dance {CASE} 2", "typing case:9 2")
    assert hub.company_of(client) == Company()
    assert client.news == {}


def test_all_streams_end_when_the_server_stops():
    hub = listening()
    clients = [hub.enter(on_case(1)), hub.enter(seen_by(2, "cases"))]
    hub.end_all()
    assert [client.ended for client in clients] == ["stop", "stop"]
