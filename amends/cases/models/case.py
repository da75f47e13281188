from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from amends.base.constraints import known
from amends.cases.models.procedures import Procedure
from amends.cases.models.weighed import AHEAD, WEIGHED, Weighed
from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import CaseKind, How, Next, Outcome, Part, Severity, Track, Verdict
from amends.cases.rules.lifecycle import ENDED, WITH_UNTIL, State
from amends.cases.rules.turns import Linkage
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel
from amends.people.models import Person
from amends.staff.models import LANGUAGES, Department, Staff, Team
from amends.staff.rules.permissions import Act

_ENDED = sorted(ENDED)
_SYMBOLS = Replace(F("reference"), Value("-"), Value(""))
_SENT_AWAY = [State.FORWARDED.value, State.WITHDRAWN.value, State.OUT_OF_SCOPE.value]


def _by_due(first: str, name: str) -> models.Index:
    """Return an index that holds what is due by `first`, in the order of its lists."""
    due = Q(next_due_at__isnull=False)
    return models.Index(fields=[first, "next_due_at", "id"], name=name, condition=due)


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.exclude(state__in=_ENDED)

    def of_symbols(self, piece: str) -> Self:
        """Leave those whose reference holds `piece`, its dashes left out."""
        return self.alias(symbols=_SYMBOLS).filter(symbols__contains=piece)

    def visible_to(self, staff: Staff) -> Self:
        """Leave out what `staff` may not see: a case that complains about them, or was erased."""
        if not staff.may(Act.SEE_CASES):
            return self.none()
        return self.not_about(staff.pk)

    def not_about(self, staff: int) -> Self:
        """Leave out what complains about the colleague of this key, and what was erased."""
        barred = PartyOfCase.objects.filter(
            case=models.OuterRef("pk"), part=Part.COMPLAINED_ABOUT, staff=staff
        )
        return self.filter(erased_at=None).exclude(models.Exists(barred))


class Case(Weighed):
    """A matter somebody brought to us, from its first word to "it is put right".

    owner: who took it; until then the team's duty owner answers. next_due_at and next_due: the
    earliest of all its due moments, by which every list is ordered; both empty once it has ended.
    gist: what it is about, in a line. as_history: brought in from elsewhere, on no clock of ours.
    sensitive_since: from when it is written down who reads it.
    state_until: by when what the state waits for is due. planned_at, update_every_days: since when
    it is looked into by a plan, and how often its customer hears of it. comply_by: by when we do
    what an outside body decided. letter_owed_since: since when the customer waits for our letter on
    what an outside body decided. signpost: to whom a customer was directed whose matter is not
    ours. jurisdiction, sector, party_kind: whose law is for it; empty as for the house and its
    customer. merged_into: the case that took this one in; split_from: the one it was a part of.
    procedure: the version it began with; none for the one in the code. tags: the keys of its tags.
    snoozed_until: until when it is out of sight; never past what is due on it. erased_at: since
    when no word of it is kept; nobody sees it, and it is never opened again.
    """

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, default=CaseKind.COMPLAINT.value)
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=State.RECEIVED.value)
    state_since = models.DateTimeField()
    state_until = models.DateTimeField(null=True)
    track = models.CharField(max_length=5, default=Track.LIGHT.value)
    gist = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="cases")
    unreachable = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES)
    channel = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    department = models.ForeignKey(Department, models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="cases")
    owned_since = models.DateTimeField(null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    safety = models.BooleanField(null=True)
    complexity = models.PositiveSmallIntegerField(null=True)
    impact = models.PositiveSmallIntegerField(null=True)
    requested_remedy = models.TextField(blank=True)
    remedy_not_said = models.BooleanField(default=False)
    need_by = models.DateTimeField(null=True)
    need_reason = models.CharField(max_length=300, blank=True)
    need = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    requirement = models.TextField(blank=True)
    expectation = models.TextField(blank=True)
    happened_on = models.DateField(null=True)
    aware_on = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    clarified_at = models.DateTimeField(null=True)
    apology_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)
    spoken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_what = models.CharField(max_length=500, blank=True)
    yes_how = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=20, default=Outcome.NOT_JUDGED.value)
    verdict = models.CharField(max_length=10, blank=True)
    failed_recoveries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(max_length=500, blank=True)
    signpost = models.CharField(max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(null=True)
    update_every_days = models.PositiveSmallIntegerField(null=True)
    comply_by = models.DateTimeField(null=True)
    letter_owed_since = models.DateTimeField(null=True)
    link_version = models.PositiveSmallIntegerField(default=1)
    nothing_to_answer_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    next_due = models.CharField(max_length=20, blank=True)
    jurisdiction = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    party_kind = models.CharField(max_length=20, blank=True)
    as_history = models.BooleanField(default=False)
    sensitive_since = models.DateTimeField(null=True)
    tags = ArrayField(models.BigIntegerField(), default=list)
    snoozed_until = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            *WEIGHED,
            known("kind", CaseKind, "case_kind_known"),
            known("state", State, "case_state_known"),
            known("track", Track, "case_track_known"),
            known("channel", Channel, "case_channel_known"),
            known("outcome", Outcome, "case_outcome_known"),
            known("verdict", Verdict, "case_verdict_known", blank=True),
            known("yes_how", How, "case_yes_how_known", blank=True),
            known("next_due", Next, "case_next_due_known", blank=True),
            models.CheckConstraint(
                condition=Q(severity__isnull=True)
                | Q(severity__gte=Severity.SLIGHT, severity__lte=Severity.EXTREME),
                name="case_severity_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, next_due_at__isnull=True, next_due="")
                | Q(as_history=True, next_due_at__isnull=True, next_due="")
                | (~Q(state__in=_ENDED) & Q(next_due_at__isnull=False) & ~Q(next_due="")),
                name="case_open_has_a_next_action",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, closed_at__isnull=False)
                | (~Q(state__in=_ENDED) & Q(closed_at__isnull=True)),
                name="case_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(verdict="") | Q(as_history=True),
                name="case_closed_with_a_verdict",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WITH_UNTIL), state_until__isnull=False)
                | (~Q(state__in=sorted(WITH_UNTIL)) & Q(state_until__isnull=True)),
                name="case_waits_until_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_SENT_AWAY) | ~Q(ended_reason="") | Q(as_history=True),
                name="case_sent_away_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="out-of-scope") | ~Q(signpost="") | Q(as_history=True),
                name="case_out_of_scope_with_a_signpost",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="case_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=True, update_every_days__isnull=True)
                | Q(
                    planned_at__isnull=False,
                    update_every_days__isnull=False,
                    update_every_days__gte=1,
                ),
                name="case_planned_with_a_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True)
                | Q(next_due_at__isnull=False, snoozed_until__lte=F("next_due_at")),
                name="case_snoozed_not_past_due",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True, owned_since__isnull=True)
                | Q(owner__isnull=False, owned_since__isnull=False),
                name="case_owned_since_a_moment",
            ),
        ]
        indexes = [
            _by_due("owner", "case_mine_by_due"),
            _by_due("team", "case_team_by_due"),
            models.Index(
                fields=["next_due_at", "id"],
                name="case_not_taken_by_due",
                condition=Q(next_due_at__isnull=False, owner__isnull=True),
            ),
            models.Index(
                fields=["team", "next_due_at", "id"],
                name="case_team_not_taken_by_due",
                condition=Q(next_due_at__isnull=False, owner__isnull=True),
            ),
            models.Index(
                fields=["next_due_at", "id"],
                name="case_by_due",
                condition=Q(next_due_at__isnull=False),
            ),
            _by_due("state", "case_state_by_due"),
            _by_due("next_due", "case_next_by_due"),
            _by_due("severity", "case_grave_by_due"),
            AHEAD,
            models.Index(fields=["person", "-received_at"], name="case_of_person"),
            models.Index(
                fields=["-closed_at", "-id"],
                name="case_by_end",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["-received_at", "-id"], name="case_by_receipt"),
            GinIndex(OpClass(_SYMBOLS, name="gin_trgm_ops"), name="case_by_piece"),
            models.Index(
                fields=["snoozed_until", "id"],
                name="case_snoozed",
                condition=Q(snoozed_until__isnull=False),
            ),
            GinIndex(
                fields=["tags"],
                name="case_open_by_tag",
                condition=Q(next_due_at__isnull=False),
            ),
            models.Index(
                fields=["state_until", "id"],
                name="case_waits_until",
                condition=Q(state_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return State(self.state) not in ENDED


class CaseContact(models.Model):
    """That a contact belongs to a case.

    came_from: the case that brought it when the two were joined, or that it was split off from.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="case_contacts")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="case_contacts")
    at = models.DateTimeField()
    came_from = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "contact"], name="case_contact_once")
        ]
        indexes = [models.Index(fields=["case", "at", "id"], name="case_contact_in_order")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.contact_id}"


class CaseNote(models.Model):
    """A note for colleagues; never shown to the customer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="case_note_in_order")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Issue(models.Model):
    """One thing complained of.

    product and topic, each on two levels: as our own lists name them, in the house's language.
    reasons: why it is found as it is, as the customer reads it. broken: which of the expectations
    of customers were broken.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="issues")
    statement = models.CharField(max_length=500)
    product = models.CharField(max_length=100, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    sub_product = models.CharField(max_length=100, blank=True)
    sub_topic = models.CharField(max_length=100, blank=True)
    what_happened = models.TextField(blank=True)
    should_have_happened = models.TextField(blank=True)
    validity = models.CharField(max_length=20, default=Outcome.NOT_JUDGED.value)
    reasons = models.TextField(blank=True)
    broken = ArrayField(models.CharField(max_length=20), default=list)
    found_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("validity", Outcome, "issue_validity_known"),
            models.CheckConstraint(
                condition=Q(broken__contained_by=[each.value for each in Expectation]),
                name="issue_expectations_known",
            ),
        ]
        indexes = [
            models.Index(fields=["topic"], name="issue_by_topic", condition=~Q(topic="")),
            models.Index(fields=["product"], name="issue_by_product", condition=~Q(product="")),
        ]

    def __str__(self) -> str:
        return self.statement


class CaseLink(models.Model):
    """What `case` is to the `other` one; why: a sentence for colleagues."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=15, default=Linkage.RELATED.value)
    why = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_not_its_own_link"),
            known("kind", Linkage, "case_link_kind_known"),
            models.UniqueConstraint(fields=["case", "other", "kind"], name="case_link_once"),
            models.UniqueConstraint(
                fields=["case"], name="case_belongs_to_one", condition=Q(kind="belongs-to")
            ),
        ]

    def __str__(self) -> str:
        return self.why


class PartyOfCase(models.Model):
    """Who else is in a case, and as what; a customer or a colleague."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    part = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="parts")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="parts")
    since = models.DateTimeField()
    informed_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    their_view = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "parties of cases"
        constraints = [
            known("part", Part, "party_part_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, staff__isnull=True)
                | Q(person__isnull=True, staff__isnull=False),
                name="party_is_one_body",
            ),
            models.UniqueConstraint(fields=["case", "part", "person"], name="party_person_once"),
            models.UniqueConstraint(fields=["case", "part", "staff"], name="party_staff_once"),
        ]
        indexes = [
            models.Index(
                fields=["staff", "case"], name="party_staff", condition=Q(staff__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.part
