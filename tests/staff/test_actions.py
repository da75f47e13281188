from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from amends.journal.models import Entry
from amends.staff import queries
from amends.staff.actions import authority, colleagues, organisation, profile, setting_up, teams
from amends.staff.actions.authorise import NotAllowed
from amends.staff.actions.colleagues import Post
from amends.staff.models import Authority, Department, Organisation, Staff, Team
from amends.staff.rules.authority import FREE, Limit, RemedyKind
from amends.staff.rules.organisation import Trade
from amends.staff.rules.permissions import Act, Role
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(days=2)
ANSWERS = setting_up.Answers(
    size=3,
    country="LT",
    trade=Trade.SHOP,
    channels=("telephone", "desk"),
    organisation="Batų namai",
    name="Asta Asienė",
    email="Asta@Batai.example",
    password=make.PASSWORD,
    language="ru",
)


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


@pytest.fixture
def owner():
    make.organisation()
    return make.staff("Asta", role=Role.MANAGER, administers=True, password=make.PASSWORD)


class TestSetUp:
    def test_three_questions_are_enough(self):
        owner = setting_up.set_up(
            ANSWERS, key=queries.first_key(at=make.NOW), at=make.NOW + timedelta(hours=1)
        )
        house = queries.organisation()
        team = queries.default_team()
        assert (house.language, house.currency, house.zone) == ("lt", "EUR", "Europe/Vilnius")
        assert (team.duty_owner, list(team.members.all())) == (owner, [owner])
        assert (owner.email, owner.language, owner.check_password(make.PASSWORD)) == (
            "asta@batai.example",
            "ru",
            True,
        )
        assert owner.may(Act.CLOSE_CASE)
        assert owner.may(Act.EDIT_STAFF)
        assert last_entry().facts == {"owner_id": owner.pk, "country": "LT", "trade": "shop"}

    def test_the_owner_may_give_anything_and_others_no_money(self):
        setting_up.set_up(ANSWERS, key=queries.first_key(at=make.NOW), at=make.NOW)
        assert set(queries.limits_of(Role.MANAGER)) == set(RemedyKind) - FREE
        agent = queries.limits_of(Role.AGENT)
        assert RemedyKind.REPAIR in agent
        assert RemedyKind.REFUND_PART not in agent

    def test_the_first_link_opens_one_door_once(self):
        key = queries.first_key(at=make.NOW)
        setting_up.set_up(ANSWERS, key=key, at=make.NOW)
        assert not queries.may_set_up(key, at=make.NOW)
        with pytest.raises(setting_up.AlreadySetUp):
            setting_up.set_up(ANSWERS, key=key, at=make.NOW)
        assert Staff.objects.count() == 1

    @pytest.mark.parametrize("key", ["", "made-up", "made:up:key"])
    def test_a_key_of_one_s_own_opens_nothing(self, key):
        with pytest.raises(setting_up.FirstLinkOver):
            setting_up.set_up(ANSWERS, key=key, at=make.NOW)
        assert not Organisation.objects.exists()

    def test_the_first_link_is_over_after_three_days(self):
        key = queries.first_key(at=make.NOW)
        with pytest.raises(setting_up.FirstLinkOver):
            setting_up.set_up(ANSWERS, key=key, at=make.NOW + timedelta(days=3, seconds=1))

    def test_a_weak_password_founds_nothing(self):
        with pytest.raises(ValidationError):
            setting_up.set_up(
                replace(ANSWERS, password="12345"), key=queries.first_key(at=make.NOW), at=make.NOW
            )


class TestColleagues:
    def post(self, **changed):
        plain = Post(
            name="Jonas",
            email="Jonas@X.example ",
            role=Role.AGENT,
            department=make.department(),
        )
        return replace(plain, **changed)

    def test_an_invited_colleague_joins_with_a_password_of_their_own(self, owner):
        invited = colleagues.invite_colleague(self.post(), by=owner, at=make.NOW)
        assert last_entry().facts == {"staff_id": invited.pk, "role": "agent"}
        assert not invited.has_joined
        key = queries.invitation_key(invited, at=make.NOW)
        assert queries.invited_by(key, at=LATER) == invited

        joined = colleagues.accept_invitation(
            key, name=" Jonas J. ", password=make.PASSWORD, language="lt", at=LATER
        )

        assert (joined.name, joined.email, joined.language) == ("Jonas J.", "jonas@x.example", "lt")
        assert joined.check_password(make.PASSWORD)
        assert last_entry().kind == "ColleagueJoined"
        assert queries.invited_by(key, at=LATER) is None
        with pytest.raises(colleagues.InvitationOver):
            colleagues.accept_invitation(
                key, name="Eve", password=make.PASSWORD, language="lt", at=LATER
            )

    def test_an_invitation_is_over_after_a_week_and_when_one_left(self, owner):
        invited = colleagues.invite_colleague(self.post(), by=owner, at=make.NOW)
        key = queries.invitation_key(invited, at=make.NOW)
        assert queries.invited_by(key, at=make.NOW + timedelta(days=7, seconds=1)) is None
        assert queries.invited_by("made-up", at=make.NOW) is None
        colleagues.let_go(invited, by=owner, at=make.NOW)
        assert queries.invited_by(key, at=make.NOW) is None

    def test_one_address_belongs_to_one_colleague(self, owner):
        colleagues.invite_colleague(self.post(), by=owner, at=make.NOW)
        with pytest.raises(colleagues.AlreadyHere, match="Jonas already works here"):
            colleagues.invite_colleague(self.post(name="Other"), by=owner, at=make.NOW)

    def test_only_who_looks_after_it_invites(self, owner):
        with pytest.raises(NotAllowed):
            colleagues.invite_colleague(self.post(), by=make.staff(), at=make.NOW)

    def test_a_post_is_changed_and_told_without_its_words(self, owner):
        colleague = make.staff("Jonas")
        changed = colleagues.change_post(
            colleague,
            post=self.post(email=colleague.email, role=Role.SENIOR, title="Team lead"),
            by=owner,
            at=make.NOW,
        )
        assert (changed.role, changed.title) == ("senior", "Team lead")
        assert last_entry().facts == {"staff_id": colleague.pk, "fields": ["role", "title"]}

    def test_a_post_that_stays_is_no_event(self, owner):
        colleague = make.staff("Jonas")
        colleagues.change_post(
            colleague, post=self.post(email=colleague.email), by=owner, at=make.NOW
        )
        assert not Entry.objects.exists()

    def test_the_last_administrator_can_neither_leave_nor_resign(self, owner):
        make.staff("Invited", role=Role.ADMINISTRATOR)
        with pytest.raises(colleagues.LastAdministrator, match="Asta is the last"):
            colleagues.let_go(owner, by=owner, at=make.NOW)
        with pytest.raises(colleagues.LastAdministrator):
            colleagues.change_post(
                owner,
                post=self.post(name="Asta", email=owner.email, role=Role.MANAGER),
                by=owner,
                at=make.NOW,
            )
        make.staff("Other", role=Role.ADMINISTRATOR, password=make.PASSWORD)
        assert not colleagues.let_go(owner, by=owner, at=make.NOW).is_active

    def test_who_keeps_looking_after_it_may_change_their_own_post(self, owner):
        changed = colleagues.change_post(
            owner,
            post=self.post(
                name="Asta", email=owner.email, role=Role.MANAGER, administers=True, title="Head"
            ),
            by=owner,
            at=make.NOW,
        )
        assert (changed.title, changed.may(Act.EDIT_STAFF)) == ("Head", True)

    def test_who_leaves_and_comes_back_loses_access_in_between(self, owner):
        colleague = make.staff("Jonas")
        team = make.team(duty_owner=owner, members=(colleague,))
        colleagues.let_go(colleague, by=owner, at=make.NOW)
        assert list(team.members.all()) == [owner]
        assert not Staff.objects.get(pk=colleague.pk).is_active
        assert last_entry().kind == "ColleagueLeft"
        assert colleagues.take_back(colleague, by=owner, at=make.NOW).is_active
        assert last_entry().kind == "ColleagueReturned"

    def test_a_duty_owner_is_replaced_before_leaving(self, owner):
        colleague = make.staff("Jonas")
        make.team("Meters", duty_owner=colleague)
        with pytest.raises(colleagues.StillOnDuty, match="duty owner of Meters"):
            colleagues.let_go(colleague, by=owner, at=make.NOW)

    def test_everybody_is_listed_for_those_who_look_after_it(self, owner):
        left = make.staff("Aaron")
        left.is_active = False
        left.save()
        assert list(queries.everybody_for(owner)) == [owner, left]
        assert not queries.everybody_for(make.staff()).exists()


class TestProfile:
    def test_is_corrected_by_oneself(self):
        staff = make.staff("Jonas")
        wanted = profile.Profile(
            name="Jonas J.",
            title="",
            telephone="",
            language="lt",
            zone="Europe/Vilnius",
            uses_shortcuts=False,
        )
        profile.correct_profile(staff, profile=wanted, at=make.NOW)
        now = profile.correct_profile(staff, profile=wanted, at=make.NOW)
        assert (now.name, now.language, now.uses_shortcuts) == ("Jonas J.", "lt", False)
        assert Entry.objects.get().facts["fields"] == ["name", "language", "zone", "uses_shortcuts"]

    def test_a_language_is_chosen_once(self):
        staff = make.staff()
        profile.choose_language(staff, language="sq", at=make.NOW)
        profile.choose_language(staff, language="sq", at=make.NOW)
        assert Staff.objects.get().language == "sq"
        assert Entry.objects.count() == 1

    def test_a_password_is_changed_when_it_is_strong_enough(self):
        staff = make.staff()
        profile.change_password(staff, password=make.PASSWORD, at=make.NOW)
        assert Staff.objects.get().check_password(make.PASSWORD)
        assert last_entry().facts == {"staff_id": staff.pk}
        with pytest.raises(ValidationError):
            profile.change_password(staff, password="password", at=make.NOW)

    def test_coming_in_is_written_down(self):
        profile.note_sign_in(make.staff(), at=make.NOW)
        assert last_entry().kind == "SignedIn"

    def test_a_first_step_is_remembered_once(self):
        staff = make.staff()
        for _each in range(2):
            profile.take_first_step(staff, step="see-the-customer", at=make.NOW)
        assert Staff.objects.get().first_steps == ["see-the-customer"]
        assert Entry.objects.count() == 1


class TestTeams:
    def test_a_department_is_opened_renamed_and_closed(self, owner):
        made = teams.open_department(" Meters ", by=owner, at=make.NOW)
        teams.rename_department(made, name="Metering", by=owner, at=make.NOW)
        teams.close_department(made, by=owner, at=make.NOW)
        made.refresh_from_db()
        assert (made.name, made.closed_at) == ("Metering", make.NOW)
        assert [entry.kind for entry in Entry.objects.order_by("pk")] == [
            "DepartmentOpened",
            "DepartmentRenamed",
            "DepartmentClosed",
        ]

    def test_two_departments_have_two_names(self, owner):
        teams.open_department("Meters", by=owner, at=make.NOW)
        with pytest.raises(teams.NameTaken, match="called METERS"):
            teams.open_department("METERS", by=owner, at=make.NOW)

    def test_a_department_in_use_stays_open(self, owner):
        with pytest.raises(teams.StillUsed):
            teams.close_department(owner.department, by=owner, at=make.NOW)
        empty = Department.objects.create(name="Empty")
        make.team(duty_owner=owner, department_=empty)
        with pytest.raises(teams.StillUsed):
            teams.close_department(empty, by=owner, at=make.NOW)

    def test_a_team_has_its_duty_owner_among_its_members(self, owner):
        other, third = make.staff("Jonas"), make.staff("Rūta")
        team = teams.open_team(
            owner.department, name="Meters", duty_owner=owner, by=owner, at=make.NOW
        )
        teams.change_team(
            team, name="Metering", duty_owner=other, members=[third], by=owner, at=make.NOW
        )
        assert set(team.members.all()) == {other, third}
        assert last_entry().facts == {
            "team_id": team.pk,
            "duty_owner_id": other.pk,
            "member_ids": [other.pk, third.pk],
        }

    def test_who_left_is_no_duty_owner(self, owner):
        left = make.staff("Left")
        left.is_active = False
        with pytest.raises(teams.DutyOwnerGone, match="Left no longer works here"):
            teams.open_team(owner.department, name="X", duty_owner=left, by=owner, at=make.NOW)

    def test_the_last_team_stays(self, owner):
        first = make.team("First", duty_owner=owner)
        with pytest.raises(teams.LastTeam):
            teams.close_team(first, by=owner, at=make.NOW)
        second = make.team("Second", duty_owner=owner)
        teams.close_team(first, by=owner, at=make.NOW)
        assert list(Team.objects.filter(closed_at=None)) == [second]
        assert last_entry().facts == {"team_id": first.pk}

    def test_teams_are_no_business_of_an_agent(self, owner):
        with pytest.raises(NotAllowed):
            teams.open_department("Mine", by=make.staff(), at=make.NOW)


class TestAuthority:
    @pytest.mark.requirement("S4-04")
    def test_limits_are_decided_as_a_whole(self, owner):
        make.authority(Role.AGENT, RemedyKind.REDELIVERY)
        authority.set_limits(
            Role.AGENT,
            limits={
                RemedyKind.REFUND_PART: Limit(Decimal(50)),
                RemedyKind.REPAIR: Limit(Decimal(9)),
                RemedyKind.APOLOGY: Limit(None),
            },
            by=owner,
            at=make.NOW,
        )
        assert queries.limits_of(Role.AGENT) == {
            RemedyKind.REFUND_PART: Limit(Decimal(50)),
            RemedyKind.REPAIR: Limit(None),
        }
        assert last_entry().facts == {
            "role": "agent",
            "limits": {"refund-part": "50", "repair": None},
        }

    def test_less_than_nothing_is_refused(self, owner):
        with pytest.raises(authority.LessThanNothing):
            authority.set_limits(
                Role.AGENT,
                limits={RemedyKind.CREDIT: Limit(Decimal(-1))},
                by=owner,
                at=make.NOW,
            )
        assert not Authority.objects.exists()

    def test_guidelines_are_written_in_any_language(self, owner):
        authority.set_guidelines(
            Role.AGENT,
            lines=[
                authority.Line(allowed=True, text={"en": "A call within the hour ", "lt": ""}),
                authority.Line(allowed=False, text={"en": " "}),
                authority.Line(allowed=False, text={"lt": "Meistro atvykimo data"}),
            ],
            by=owner,
            at=make.NOW,
        )
        assert [(line.allowed, line.text) for line in queries.guideline_lines(Role.AGENT)] == [
            (True, {"en": "A call within the hour"}),
            (False, {"lt": "Meistro atvykimo data"}),
        ]
        assert last_entry().facts == {"role": "agent", "lines": 2}

    def test_is_not_decided_by_those_it_binds(self, owner):
        with pytest.raises(NotAllowed):
            authority.set_limits(Role.AGENT, limits={}, by=make.staff(), at=make.NOW)
        with pytest.raises(NotAllowed):
            authority.set_guidelines(Role.AGENT, lines=[], by=make.staff(), at=make.NOW)


def test_what_we_say_of_ourselves_is_corrected(owner):
    house = organisation.House(
        name="Water",
        mail_address="care@water.example",
        telephone="",
        postal_address="",
        language="lt",
        zone="Europe/Vilnius",
        currency="EUR",
        outside_body={"en": "State consumer office"},
        shows_kept_share=True,
    )
    organisation.correct_organisation(house, by=owner, at=make.NOW)
    now = organisation.correct_organisation(house, by=owner, at=make.NOW)
    assert (now.name, now.language) == ("Water", "lt")
    assert Entry.objects.get().facts["fields"] == [
        "name",
        "language",
        "outside_body",
        "shows_kept_share",
    ]
    with pytest.raises(NotAllowed):
        organisation.correct_organisation(house, by=make.staff(), at=make.NOW)
