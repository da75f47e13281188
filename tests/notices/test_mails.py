"""How what was told leaves: by mail once, in the digest once a day, at night only if wished for."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from amends.cases.actions.correspondence import add_note
from amends.cases.actions.following import follow_case
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.help import ask_for_help
from amends.cases.models.case import PartyOfCase
from amends.cases.queries.links import holder_of
from amends.cases.rules.kinds import Part
from amends.contacts.models import OutgoingMail
from amends.journal.models import Entry
from amends.notices.actions.choosing import NoSuchHour, StaysInThePage, choose_notices
from amends.notices.actions.digests import plan_digest, send_digest
from amends.notices.actions.letters import send_notice
from amends.notices.actions.telling import see_case
from amends.notices.models import Digest, Habits, Notice
from amends.notices.queries.choices import Likes, likes_of, local
from amends.notices.queries.telling import digests_to_leave, mails_to_leave
from amends.notices.rules.moments import SETTLES
from amends.notices.rules.reasons import UNLESS_CHOSEN, Group, Way
from amends.staff.rules.permissions import Role
from amends.standards.actions import set_working_hours
from amends.standards.rules.hours import Hours, read_openings
from tests import make
from tests.told import told

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Monday.
AT = datetime(2026, 3, 30, 10, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
OFFICE = Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 5, (), ()))


@pytest.fixture
def owner():
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def vida():
    return make.staff("Vida Vaitkienė", language="lt")


@pytest.fixture
def case(owner, vida):
    make.organisation()
    make.team(members=(owner, vida))
    return make.case(make.contact(person=make.person(email="ruta@home.example")), owner=owner)


def likes(staff, *, group=Group.MENTION, way=Way.DIGEST, at=AT, **habits):
    choose_notices(staff, likes=Likes({**UNLESS_CHOSEN, group: way}, **habits), at=at)


def name_vida(case, at, text="@vida.vaitkiene, look."):
    add_note(case, text=text, by=case.owner, at=at)
    told()
    return Notice.objects.latest("pk")


def mails(at):
    """Let the mails leave that are due at `at`."""
    for notice in mails_to_leave(at):
        send_notice(notice, at=at)
    return list(OutgoingMail.objects.filter(contact=None).order_by("pk"))


def digests(at):
    for habits in digests_to_leave(at):
        send_digest(habits, at=at)
    return list(OutgoingMail.objects.filter(contact=None).order_by("pk"))


def digest_due(staff):
    due = Habits.objects.get(staff=staff).digest_due_at
    assert due
    return due


class TestAMail:
    def test_leaves_once_and_says_what_happened_and_nothing_of_the_customer(self, case, vida):
        notice = name_vida(case, AT)
        assert mails(AT + SETTLES / 2) == []
        (mail,) = mails(AT + SETTLES)
        assert mails(AT + HOUR) == [mail]
        assert (mail.to_address, mail.language, mail.automatic) == (vida.email, "lt", True)
        assert mail.subject.endswith(f"[{case.reference}]")
        assert f"/notices/{notice.pk}/" in mail.text
        for secret in ("look", "Petrausk", "Rūta", case.gist):
            assert secret not in mail.text + mail.subject

    def test_does_not_leave_once_it_was_seen(self, case, vida):
        name_vida(case, AT)
        see_case(case, by=vida, at=AT)
        assert mails(AT + SETTLES) == []
        assert not mails_to_leave(AT + DAY).exists()

    def test_waits_for_the_morning(self, case):
        night = AT.replace(hour=22)
        name_vida(case, night)
        assert mails(night + HOUR) == []
        assert len(mails(night + 12 * HOUR)) == 1

    def test_leaves_at_night_for_who_wishes_so(self, case, vida):
        likes(vida, way=Way.MAIL, mails_at_night=True)
        name_vida(case, AT.replace(hour=22))
        assert len(mails(AT.replace(hour=22) + SETTLES)) == 1

    def test_leaves_for_nobody_who_left_or_may_not_read_it_any_more(self, case, vida):
        name_vida(case, AT)
        PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=vida, since=AT)
        assert mails(AT + SETTLES) == []

    def test_is_no_news_after_some_days(self, case):
        name_vida(case, AT)
        assert mails(AT + 4 * DAY) == []

    def test_about_no_case_names_none(self, case, owner, vida):
        ask_for_help(None, text="How?", by=owner, at=AT, of=vida)
        told()
        (mail,) = mails(AT + SETTLES)
        assert "[" not in mail.subject

    def test_says_that_one_follows_the_case(self, case, vida):
        vida.language = "en"
        vida.save()
        likes(vida, group=Group.FOLLOWED, way=Way.MAIL)
        follow_case(case, by=vida, at=AT)
        add_words(case, words="It drips.", by=holder_of(case), at=AT + HOUR)
        told()
        texts = {mail.to_address: mail.text for mail in mails(AT + 2 * HOUR)}
        assert "You follow this case." in texts[vida.email]
        assert "drips" not in texts[vida.email]

    def test_tells_all_that_is_due_then_in_one(self, case, vida):
        night = AT.replace(hour=22)
        for number in range(3):
            name_vida(case, night + number * HOUR / 2)
        (mail,) = mails(night + 12 * HOUR)
        assert mail.text.count(case.reference) == 3
        assert Notice.objects.filter(mailed_at=None).count() == 0

    def test_a_graver_reason_later_is_no_second_mail(self, case):
        notice = name_vida(case, AT)
        mails(AT + SETTLES)
        notice.refresh_from_db()
        assert (notice.mailed_at, notice.mail_due_at) == (AT + SETTLES, None)


class TestADigest:
    def test_leaves_at_its_hour_with_all_that_was_not_seen(self, case, vida):
        likes(vida)
        for number in range(2):
            name_vida(case, AT + number * HOUR)
        assert digests(AT + 3 * HOUR) == []
        tomorrow = local(vida, AT + DAY).replace(hour=8, minute=0, second=0, microsecond=0)
        (mail,) = digests(tomorrow)
        assert mail.text.count(case.reference) == 2
        assert digests(tomorrow + HOUR) == [mail]
        assert Digest.objects.get().on == tomorrow.date()
        assert list(Notice.objects.values_list("mailed_at", flat=True)) == [None, None]

    def test_is_not_sent_where_all_was_seen(self, case, vida):
        likes(vida)
        name_vida(case, AT)
        see_case(case, by=vida, at=AT + HOUR)
        assert digests(AT + 2 * DAY) == []
        assert not digests_to_leave(AT + 9 * DAY).exists()

    def test_is_not_sent_to_who_left(self, case, vida):
        likes(vida)
        name_vida(case, AT)
        vida.is_active = False
        vida.save()
        assert digests(AT + 2 * DAY) == []

    def test_is_sent_once_a_day_whatever_is_chosen_meanwhile(self, case, vida):
        likes(vida, digest_hour=12)
        name_vida(case, AT)
        noon = local(vida, AT).replace(hour=12, minute=0, second=0, microsecond=0)
        assert len(digests(noon)) == 1
        name_vida(case, noon + HOUR)
        likes(vida, digest_hour=15, at=noon + HOUR)
        assert Habits.objects.get(staff=vida).digest_due_at == noon.replace(hour=15) + DAY
        Habits.objects.update(digest_due_at=noon + HOUR)
        assert len(digests(noon + 2 * HOUR)) == 1
        assert Habits.objects.get(staff=vida).digest_due_at == noon.replace(hour=15) + DAY
        assert len(digests(noon + DAY + 4 * HOUR)) == 2

    def test_a_sweeper_that_dies_in_its_midst_leaves_it_due(self, case, vida):
        likes(vida)
        name_vida(case, AT)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            digests(AT + DAY)
            raise ZeroDivisionError
        assert not Digest.objects.exists()
        assert len(digests(AT + DAY)) == 1

    def test_comes_on_days_on_which_the_team_works(self, case, vida):
        friday = AT + 4 * DAY
        likes(vida)
        name_vida(case, friday)
        due = digest_due(vida)
        assert local(vida, due).weekday() == 0
        likes(vida, on_working_days=False, at=friday)
        due = digest_due(vida)
        assert local(vida, due).weekday() == 5

    def test_leaves_out_a_holiday_of_the_team(self, case, vida):
        manager = make.staff(role=Role.MANAGER)
        set_working_hours(OFFICE, team=make.team(), by=manager, at=AT)
        likes(vida)
        name_vida(case, AT + 4 * DAY)
        due = digest_due(vida)
        assert local(vida, due).date() == date(2026, 4, 7)  # the day after Easter Monday

    def test_is_planned_once(self, case, vida):
        assert plan_digest(vida, at=AT) == plan_digest(vida, at=AT + DAY)


class TestChoosing:
    def test_what_was_not_chosen_is_as_for_everybody(self, vida):
        assert likes_of(vida) == Likes(UNLESS_CHOSEN)

    def test_is_kept_and_journalled(self, vida):
        likes(vida, digest_hour=9, on_working_days=False, mails_at_night=True)
        assert likes_of(vida) == Likes({**UNLESS_CHOSEN, Group.MENTION: Way.DIGEST}, 9, False, True)
        assert Entry.objects.latest("pk").kind == "NoticesChosen"

    def test_what_waits_for_an_answer_stays_in_the_page(self, vida):
        with pytest.raises(StaysInThePage):
            likes(vida, group=Group.GIVEN, way=Way.NONE)

    def test_a_day_has_24_hours(self, vida):
        with pytest.raises(NoSuchHour):
            likes(vida, digest_hour=24)
