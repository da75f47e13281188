"""Every word on every page comes from a translation, or from the data.

The demonstration is walked by its links in a language that wraps each message in brackets: what
then stands outside brackets, and was not written by anybody into the database, has escaped.
"""

import re
import tomllib
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from babel import Locale
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from django.utils.translation import trans_real

from amends.base import time_words
from amends.cases.models.case import Case
from amends.cases.queries.links import link_of
from amends.cases.queries.own_cases import own_cases_token
from amends.contacts.models.mailboxes import Mailbox
from amends.people.models import Person
from amends.staff.models import Organisation, Staff
from amends.standards.rules.public_holidays import names_of_holidays
from amends.web.words import WORDS
from config.demonstration.building import build
from config.environment import ROOT
from tests.belonging import in_two_organisations
from tests.mailboxes import two_mailboxes

PSEUDO = "en"
OURS = ("staff", "people", "contacts", "cases", "standards")
MOST_OF_A_KIND = 4
SEE_CASES = {"milda@", "marta@"}
BEGINNINGS = ("/", "/sign-in/", "/first-five-minutes/", "/find/?q=a", "/contact/new/", "/tell-us/")
# No link leads to these: they begin with a key in a mail or in a terminal, follow only on something
# posted, take only what is posted, answer only scripts, or wait for a state that no case is in.
NOT_WALKED = {
    "customer-proposal-time", "customer-proposal-yes",
    "set-up", "join", "set_language", "sign-out", "account_logout", "account_inactive",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "see-customer-page", "know-my-way", "answer-help",
    "case-close", "case-reopen", "case-sorry", "case-withdraw", "customer-file", "customer-merge",
    "customer-need-withdraw", "customer-point-remove", "customer-representation-end",
    "customer-unmerge", "find-my-case-sent", "palette", "settings-colleague-back",
    "settings-colleague-end", "settings-department-end", "settings-hours-house",
    "settings-invite-again",
    "settings-answer", "settings-answer-retire", "settings-answer-move", "case-answers",
    "settings-way-out", "settings-way-out-key", "settings-way-out-sign", "case-files",
    "settings-way-out-look", "case-no-contribution",
    "case-share", "case-share-stop", "case-shared-take", "case-shared-remark",
    "case-copies", "case-planned-move", "case-planned-now", "case-planned-drop",
    "settings-tag", "settings-tag-join", "settings-tag-retire", "case-wake",
    "case-todo-done", "case-todo-undone", "case-todo-give", "case-leave-todos", "case-checklist",
    "settings-checklist", "settings-checklist-retire", "todos",
    "bulk-choose", "bulk-run", "bulk-begin", "bulk-undo",
    "settings-team-end", "sheet-caller", "sheet-cause", "sheet-colleagues", "sheet-hearing",
    "sheet-thanked", "sheet-needed",
    "sheet-in-hand", "sheet-keep", "sheet-marks", "sheet-people", "sheet-send", "tell-us-check",
    "arrivals-wanted", "settings-holding-turn", "tell-us-keep", "tell-us-sent", "arrival-again",
    "attachment",
    "case-done", "case-hold",
    "case-keep", "case-note", "case-reply", "case-take", "case-take-back", "case-undo-reply",
    "mail", "mail-again", "mail-take-back", "slip-on-paper",
    "approval-answer", "case-accepted", "case-approval", "case-carry-out", "case-delivered",
    "case-hear", "case-history", "case-letter", "case-letter-again", "case-no-remedy",
    "case-propose",
    "case-view", "settings-list-close", "settings-field-retire", "settings-field-choice-end",
    "view-csv", "view-xlsx", "view-pin", "view-unpin", "view-up",
    "case-comply", "case-outside-asked", "case-outside-decided", "case-part", "case-review",
    "case-take-up", "case-move-back",
    "case-weigh-anew", "case-put-back", "case-split", "evidence-file", "case-review-done",
    "case-send-anew", "case-write-anew", "case-unlink",
    "case-wait-over", "original", "original-body", "original-pictures",
    "case-hear-no-more", "case-hear-of-it", "case-mentions", "notice", "notices-bell",
    "notices-seen",
    "watching", "case-watching", "case-news", "case-company", "case-remarks", "case-not-so",
    "case-followed", "what-helped-csv", "case-suggested", "settings-learning-switch",
    "case-needed-by", "case-needed-by-undo", "case-summary", "settings-records-years",
    "settings-records-freeze", "settings-records-erase",
    "settings-records-thaw",
    "case-machine", "case-machine-ask", "case-machine-put",
    "case-unanswered", "lesson-retire", "customer-contacts", "case-held", "case-extend",
    "case-bundle", "case-bundle-file", "case-bundle-paper", "case-blacken", "case-uncover",
    "customer-new-link", "own-cases-link", "own-cases-renew", "customer-understood",
    "customer-misunderstood", "customer-decision-yes", "customer-letter", "customer-letter-paper",
    "as-customer-letter",
    "case-senior", "case-senior-end", "promises-feed", "kept-standards-csv", "kept-standard",
    "return-csv", "complaints-csv",
    "settings-standard", "settings-standard-give-up", "settings-standard-warn",
    "settings-warning-stop", "settings-clock",
    "away-end", "case-admit", "membership-leave", "membership-rejoin", "occasion-greeted",
    "occasion-withdraw", "organisation-members", "settings-mailbox-allowed", "settings-mailbox-ask",
    "settings-mailbox-password", "settings-mailbox-test", "settings-mailbox-turn",
}  # fmt: skip
# Who follows it is sent on to the issuer that lets us into a mailbox.
LEADS_AWAY = "settings-mailbox-ask"
# Names that are the same everywhere, how a letter to an English customer begins (written by rules),
# and dates, which come from Babel.
ALLOWED = re.compile(
    r"Amends|Ctrl|\bF\d+\b|\b[JKRN]\b|UTC[+-]?\d*|[A-Z]-[0-9A-Z]{3}-[0-9A-Z]{4}|"
    r"\b[A-Z]{3}\b|\b(?:en|ru|pl|sq|lt)\b|[A-Z][A-Za-z_ ]+/[A-Za-z_/ -]+|"
    r"https?://\S+|\bDear (?:Mr|Ms)\b|English|Русский|Polski|Shqip|Lietuvių|Lietuviškai|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
# The names of countries come from Babel, too.
COUNTRIES = frozenset(Locale.parse(PSEUDO).territories.values())


class Pseudo(trans_real.DjangoTranslation):
    """A language that wraps each message in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(chr(4))[2]}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


class Page(HTMLParser):
    """What a person reads on a page outside brackets, and where its links lead.

    What stands in an element with a language of its own is somebody's words in that language.
    """

    language = ""
    SAID = ("title", "placeholder", "aria-label", "alt")
    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "source"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.inside: list[bool] = []
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        is_apart = tag in {"script", "style"} or ("lang" in given and tag != "html")
        if tag not in self.VOID:
            self.inside.append(is_apart)
        if not any(self.inside):
            self.said += [said for name in self.SAID if (said := given.get(name))]
        if tag == "a" and (to := given.get("href")):
            self.links.append(to)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        outside = ""
        for char in data:
            self.depth += {"⟦": 1, "⟧": -1}.get(char, 0)
            outside += char if self.depth == 0 and char not in "⟦⟧" else " "
        if outside.strip() and not any(self.inside):
            self.said.append(outside.strip())


def _written() -> list[str]:
    """Return everything that somebody wrote into the database, the longest first."""
    codes = {member.value for kind in WORDS for member in kind}
    texts: set[str] = set()
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            texts.update(_texts_of(model))
    # What the coach advises is written once in each language, and chosen by the reader's.
    for path in (ROOT / "amends" / "language" / "data" / PSEUDO).glob("*.toml"):
        texts.update(_strings_in(tomllib.loads(path.read_text())))
    texts.update(COUNTRIES)
    # What a holiday is called stands in no catalogue of ours.
    for year in range(timezone.localdate().year - 4, timezone.localdate().year + 5):
        texts.update(names_of_holidays(year, "LT", "", PSEUDO).values())
    lines = {line.strip() for text in texts for line in text.splitlines()} | texts
    return sorted((line for line in lines if len(line) > 3 and line not in codes), key=len)[::-1]


def _texts_of(model: type[models.Model]) -> Iterator[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    names = [field.name for field in model._meta.fields if isinstance(field, kinds)]
    for row in model._default_manager.values_list(*names) if names else ():
        for value in row:
            yield from _strings_in(value)


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for inner in inside:
        yield from _strings_in(inner)


def _escaped(said: str, written: list[str]) -> str:
    """Return what of `said` is in nobody's catalogue and in nobody's words."""
    if said.strip() in COUNTRIES:
        return ""
    rest, before = said, ""
    while rest != before:
        before, rest = rest, re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)
    if not re.search(r"[^\W\d_]{2,}", ALLOWED.sub(" ", rest)):
        return ""
    for text in written:
        rest = rest.replace(text, " ")
    words = " ".join(ALLOWED.sub(" ", rest).split())
    is_a_piece = len(words) > 20 and any(words.rstrip("… ") in text for text in written)
    return words if re.search(r"[^\W\d_]{2,}", words) and not is_a_piece else ""


def _name_of(path: str) -> str:
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return path


def _walk(client: Client, *besides: str) -> Iterator[tuple[str, Page]]:
    """Follow every link, a few times each kind, and yield the name and the page of each."""
    ahead, kinds = deque([*BEGINNINGS, *besides]), Counter[str]()
    seen = set(ahead)
    while ahead:
        path = ahead.popleft()
        response = client.get(path, follow=True)
        if response.status_code == 403 and path in BEGINNINGS:
            continue  # not for this role
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = Page(response.text)
        yield _name_of(response.request["PATH_INFO"]), page
        yield _name_of(urlsplit(path).path), page
        for link in page.links:
            parts = urlsplit(link)
            to = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.scheme or parts.netloc or not parts.path or to in seen:
                continue
            kinds[_name_of(parts.path)] += 1
            if _name_of(parts.path) == LEADS_AWAY:
                continue
            if kinds[_name_of(parts.path)] <= MOST_OF_A_KIND:
                seen.add(to)
                ahead.append(to)


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


@pytest.fixture
def demonstration(monkeypatch):
    monkeypatch.setitem(vars(trans_real)["_translations"], PSEUDO, Pseudo(PSEUDO))
    time_words._exact_day.cache_clear()
    build(at=timezone.now())
    for number, mailbox in enumerate(two_mailboxes(Staff.objects.get(email__startswith="lukas@"))):
        Mailbox.objects.filter(pk=mailbox.pk).update(name=f"house-{number}")
    milda = Staff.objects.get(email__startswith="milda@")
    in_two_organisations(Person.objects.filter(cases__owner=milda)[0], by=milda)
    for model in (Staff, Person, Case, Organisation):
        model._default_manager.update(language=PSEUDO)
    yield
    time_words._exact_day.cache_clear()


@pytest.mark.django_db
def test_every_word_of_every_page_is_translatable_and_every_link_leads_somewhere(demonstration):
    written = _written()
    escaped: set[tuple[str, str]] = set()
    walked: set[str] = set()
    links = [
        urlsplit(link_of(case)).path
        for case in (
            *Case.objects.order_by("state").distinct("state"),
            *Case.objects.filter(proposals__isnull=False),
        )
    ]
    mine = own_cases_token(Person.objects.filter(cases__isnull=False)[0], at=timezone.now())
    links.append(reverse("own-cases", args=[PSEUDO, mine]))
    graves = Case.objects.filter(proposals__isnull=False).values_list("reference", flat=True)
    deep = [reverse("case-investigation", args=[reference]) for reference in graves]
    for email in ("milda@", "marta@", "lukas@", None):
        client = Client(headers={"accept-language": PSEUDO})
        if email:
            client.force_login(Staff.objects.get(email__startswith=email))
        for name, page in _walk(client, *(deep if email in SEE_CASES else () if email else links)):
            walked.add(name)
            said = page.said if page.language == PSEUDO else []
            escaped |= {(name, rest) for one in said if (rest := _escaped(one, written))}
    assert sorted(escaped) == []
    unknown = set(_named(get_resolver().url_patterns)) - walked - NOT_WALKED
    assert not unknown, " ".join(sorted(unknown))
