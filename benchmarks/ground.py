"""Fill an empty installation with so many cases, five contacts each, for measuring pages.

The rows are made inside PostgreSQL, because a hundred thousand cases by actions would take hours;
what the lists are ordered by is computed as the actions compute it. Every hundredth case gets
fifteen contacts more, so that there are cases with twenty.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from amends.staff.models import Department, Organisation, Staff, Team
from amends.staff.rules.permissions import Role

AGENTS = 40
TEAMS = 8
PASSWORD = "bench-only"  # noqa: S105 - of an installation that lives as long as the measurement
CASES_A_PERSON = 3
CONTACTS_A_CASE = 5
CONTACTS_OF_A_LONG_CASE = 20
EVERY_LONG_CASE = 100

WORDS = (
    "On Saturday evening it went cold again, the third time since the first of November. "
    "Twice I was told that somebody would call, and nobody did. I do not want a discount, I want "
    "to know who is coming and when. There is a small child here, and I cannot wait any longer. "
)

PEOPLE = """
INSERT INTO people_person (kind, standing, name, given_name, patronymic, family_name, honorific,
    informal, address_forms, number, language, prefers, wants_no_gestures, search, sorts_as,
    known_since)
SELECT 'human', 'customer', 'Customer Number ' || n, 'Customer', '', 'Number' || n, 'unknown',
    false, '{}', 'K' || n, (ARRAY['en','ru','pl','sq','lt'])[1 + n %% 5], '', false,
 ' customer number' || n || ' k' || n || ' ', 'number' || n || ' customer',
    now() - interval '2 years'
FROM generate_series(1, %(people)s) n
"""
CASES = """
INSERT INTO cases_case (reference, kind, state, state_since, track, gist, person_id, unreachable,
    language, channel, received_at, registered_at, department_id, team_id, owner_id, owned_since,
    requested_remedy, remedy_not_said, need_reason, need, wish, requirement, expectation, done_what,
    yes_how, outcome, verdict, failed_recoveries, closed_at, ended_reason, link_version,
    next_due_at, next_due, as_history)
SELECT 'B-' || lpad(n::text, 8, '0'), 'complaint',
    CASE WHEN n %% 3 > 0 THEN 'closed' ELSE 'fulfilling' END, received, 'light',
    'Third time without hot water this month, nobody calls back, number ' || n,
    (SELECT min(id) FROM people_person) + n %% %(people)s, '', 'en', 'telephone',
    received, received,
    %(department)s, %(team)s + n %% %(teams)s,
    CASE WHEN n %% 10 = 7 THEN NULL ELSE %(agent)s + n %% %(agents)s END,
    CASE WHEN n %% 10 = 7 THEN NULL ELSE received END,
    'I want to know who is coming', false, '', '', '', '', '', '', '', 'not-judged',
    CASE WHEN n %% 3 > 0 THEN 'yes' ELSE '' END, 0,
    CASE WHEN n %% 3 > 0 THEN received + interval '3 days' END, '', 1,
    CASE WHEN n %% 3 = 0 THEN received + interval '80 days' END,
    CASE WHEN n %% 3 = 0 THEN 'keep' ELSE '' END, false
FROM (SELECT n, now() - n * interval '90 days' / %(cases)s AS received
      FROM generate_series(1, %(cases)s) n) each_case
"""
CONTACTS = """
INSERT INTO contacts_contact (person_id, channel, direction, handled_by_id, represents, started_at,
    ended_at, recorded_at, subject, gist, language, mood_start, mood_end, effect, automatic,
    as_history, message_id, sender_name, sender_address)
SELECT c.person_id, (ARRAY['telephone','email'])[1 + k %% 2],
    CASE WHEN k %% 3 = 2 THEN 'out' ELSE 'in' END, coalesce(c.owner_id, %(agent)s), 'organisation',
    c.received_at + k * interval '3 hours', c.received_at + k * interval '3 hours 10 minutes',
    c.received_at + k * interval '3 hours 10 minutes', '', left(%(words)s, 120), 'en', 3, 1, '',
    false, false, '', '', 'case:' || c.id
FROM cases_case c, generate_series(0, CASE WHEN c.id %% %(every)s = 0 THEN %(long)s - 1
    ELSE %(short)s - 1 END) k
"""
REST = """
INSERT INTO contacts_words (contact_id, text, source, sealed_at, sha256, read_back_at)
SELECT id, %(words)s, 'taken-down', recorded_at, encode(sha256(%(words)s::bytea), 'hex'),
    ended_at
FROM contacts_contact;
INSERT INTO cases_casecontact (case_id, contact_id, at)
SELECT substr(sender_address, 6)::bigint, id, started_at FROM contacts_contact;
UPDATE contacts_contact SET sender_address = '';
INSERT INTO cases_issue (case_id, statement, product, topic, what_happened, should_have_happened,
    validity) SELECT id, gist, '', '', '', '', 'not-judged' FROM cases_case;
INSERT INTO cases_promise (case_id, what, due_at, owner_id, made_by_id, made_at, remedy, basis,
    currency, yes_at, yes_how, counter_words, counter_how, kept_at, kept_evidence, broken_reason)
SELECT id, 'An engineer finds out why, and it is warm', received_at + interval '80 days',
    coalesce(owner_id, %(agent)s), coalesce(owner_id, %(agent)s), received_at, 'repair', 'policy',
    '', received_at + interval '1 hour', 'telephone', '', '',
    CASE WHEN closed_at IS NOT NULL THEN closed_at END,
    CASE WHEN closed_at IS NOT NULL THEN 'It is warm.' ELSE '' END, ''
FROM cases_case;
INSERT INTO cases_followup (case_id, promise_id, due_at, answered_how, verdict, words,
    answered_at)
SELECT c.id, p.id,
    CASE WHEN c.closed_at IS NULL THEN p.due_at + interval '2 hours' END,
    CASE WHEN c.closed_at IS NULL THEN '' ELSE 'link' END,
    CASE WHEN c.closed_at IS NULL THEN '' ELSE 'yes' END, '', c.closed_at
FROM cases_case c JOIN cases_promise p ON p.case_id = c.id;
INSERT INTO journal_entry (kind, at, by, subject, facts)
SELECT happened.kind, c.received_at + k * interval '1 hour',
    'staff:' || coalesce(c.owner_id, %(agent)s), 'case:' || c.id,
    jsonb_build_object('case_id', c.id) || CASE k
        WHEN 1 THEN jsonb_build_object('contact_id', 0, 'kind', c.kind, 'state', 'received',
            'team_id', c.team_id, 'owner_id', c.owner_id, 'as_history', false)
        WHEN 2 THEN '{}'
        WHEN 3 THEN jsonb_build_object('promise_id', p.id, 'due_at', p.due_at, 'state', 'assessed',
            'owner_id', c.owner_id)
        ELSE jsonb_build_object('promise_id', p.id, 'how', 'telephone', 'state', 'fulfilling') END
FROM cases_case c JOIN cases_promise p ON p.case_id = c.id,
    unnest(ARRAY['CaseOpened','Apologised','PromiseMade','PromiseAccepted']) WITH ORDINALITY
    AS happened(kind, k);
"""


# What lists are found by: states that wait, grades, tags, products, and two fields of our own, of
# which every case holds one of twenty branches (the last of them rare) and a sum up to a thousand.
TO_BE_FOUND_BY = """
UPDATE cases_case SET state = 'waiting-customer', state_until = next_due_at
WHERE next_due_at IS NOT NULL AND id %% 30 = 0;
UPDATE cases_case SET next_due = 'answer' WHERE next_due_at IS NOT NULL AND id %% 40 = 0;
UPDATE cases_case SET severity = 1 + id %% 5 WHERE id %% 4 = 0;
UPDATE cases_case SET tags = ARRAY[id %% 50, id %% 7] WHERE id %% 2 = 0;
UPDATE cases_issue SET product = 'Product ' || id %% 20, topic = 'Topic ' || id %% 15,
    should_have_happened = 'Depot' || id %% 100 || ' Meter' || id %% 2000 || ' Key' || id;
INSERT INTO cases_customfield (label, help, type, kinds, required_at, seen_by, personal, position,
    added_at)
SELECT jsonb_build_object('en', name), '{}', kind, ARRAY['complaint'], '', 'all', false, place,
    now()
FROM (VALUES ('Branch', 'one-of', 1), ('Sum at stake', 'amount', 2), ('Meter', 'short-text', 3))
    AS each_field(name, kind, place);
INSERT INTO cases_customchoice (field_id, label, position)
SELECT f.id, jsonb_build_object('en', 'Branch ' || n), n
FROM cases_customfield f, generate_series(1, 20) n WHERE f.type = 'one-of';
INSERT INTO cases_customvalue (case_id, field_id, text, currency, choice_id, at)
SELECT c.id, f.id, '', '', f.first + CASE WHEN c.id %% 500 = 0 THEN 19 ELSE c.id %% 19 END, now()
FROM cases_case c, (SELECT field_id AS id, min(id) AS first FROM cases_customchoice
    GROUP BY field_id) f;
INSERT INTO cases_customvalue (case_id, field_id, text, currency, number, at)
SELECT c.id, f.id, '', 'EUR', (c.id * 7919) %% 1000, now()
FROM cases_case c, cases_customfield f WHERE f.type = 'amount';
INSERT INTO cases_customvalue (case_id, field_id, text, currency, at)
SELECT c.id, f.id, 'M-' || c.id, '', now()
FROM cases_case c, cases_customfield f WHERE f.type = 'short-text' AND c.id %% 3 = 0;
"""


# What a column holds that nothing is said of here, so that a new one need not be named.
NEEDED = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_name ~ '^(people|cases|contacts)_' AND is_nullable = 'NO' AND column_default IS NULL
    AND is_identity = 'NO' AND data_type = ANY(%s)
"""
NOTHING = {
    "character varying": "''",
    "text": "''",
    "boolean": "false",
    "smallint": "0",
    "integer": "0",
    "jsonb": "'{}'",
    "ARRAY": "'{}'",
}


# Gathered once all is there: by its triggers each contact would add to a row that was written.
GATHERED = """
INSERT INTO cases_casewords (case_id, words)
SELECT id, cases_words_of(id, gist, sensitive_since IS NULL) FROM cases_case;
"""
GATHERING = (
    ("cases_case", "cases_words_begun"),
    ("cases_case", "cases_words_kept"),
    ("cases_casecontact", "cases_words_added"),
    ("cases_issue", "cases_words_added"),
    ("contacts_words", "cases_words_added"),
)
EVERYTHING = (PEOPLE, CASES, CONTACTS, REST, TO_BE_FOUND_BY, GATHERED)
CASES_ALONE = (PEOPLE, CASES, GATHERED)


def fill(cases: int, what: Sequence[str] = EVERYTHING) -> None:
    """Make `cases` cases with what belongs to them; the installation must be empty."""
    _gather_by_trigger(enabled=False)
    with transaction.atomic():
        first_agent, first_team, department = _ourselves(datetime.now(UTC))
        facts: dict[str, int | str] = {
            "cases": cases,
            "people": max(cases // CASES_A_PERSON, 1),
            "agent": first_agent,
            "agents": AGENTS,
            "team": first_team,
            "teams": TEAMS,
            "department": department,
            "words": WORDS,
            "every": EVERY_LONG_CASE,
            "long": CONTACTS_OF_A_LONG_CASE,
            "short": CONTACTS_A_CASE,
        }
        with connection.cursor() as cursor:
            cursor.execute(NEEDED, [list(NOTHING)])
            for table, column, kind in cursor.fetchall():
                cursor.execute(
                    f'ALTER TABLE "{table}" ALTER "{column}" SET DEFAULT {NOTHING[kind]}'
                )
            for statements in what:
                for statement in filter(str.strip, statements.split(";")):
                    cursor.execute(statement, facts)
    _gather_by_trigger(enabled=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _gather_by_trigger(*, enabled: bool) -> None:
    switch = "ENABLE" if enabled else "DISABLE"
    with connection.cursor() as cursor:
        for table, trigger in GATHERING:
            cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER {trigger}")


def _ourselves(now: datetime) -> tuple[int, int, int]:
    Organisation.objects.create(
        pk=1,
        name="Benchmark",
        size=AGENTS,
        country="LT",
        trade="utility",
        zone="Europe/Vilnius",
        currency="EUR",
        language="en",
        set_up_at=now,
    )
    department = Department.objects.create(name="Heating")
    password = make_password(PASSWORD)  # slow on purpose, so all have the same one
    agents = [_agent(n, department, now, password) for n in range(AGENTS)]
    teams = [
        Team.objects.create(name=f"Team {n}", department=department, duty_owner=agents[n])
        for n in range(TEAMS)
    ]
    for n, agent in enumerate(agents):
        agent.teams.set([teams[n % TEAMS]])
    return agents[0].pk, teams[0].pk, department.pk


def _agent(n: int, department: Department, now: datetime, password: str) -> Staff:
    agent = Staff(
        password=password,
        name=f"Agent {n}",
        email=f"agent{n}@example.org",
        role=Role.AGENT if n else Role.SENIOR,
        department=department,
        language="en",
        joined_at=now,
    )
    agent.save()
    return agent


def a_long_case() -> str:
    """Return the reference of an open case with twenty contacts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference FROM cases_case WHERE id %% %s = 0 AND next_due_at IS NOT NULL "
            "AND owner_id IS NOT NULL ORDER BY id DESC LIMIT 1",
            [EVERY_LONG_CASE],
        )
        return str(cursor.fetchone()[0])
