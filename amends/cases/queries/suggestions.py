"""Which answers are suggested on a case: ready ones, and what put cases like it right.

A further place from which answers come, such as articles, makes `Offer`s of what it has, and they
are weighed with the others (`amends.cases.rules.suggesting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField

from amends.cases.models.answers import AnswerUsed
from amends.cases.models.case import Case, CaseContact, Issue, PartyOfCase
from amends.cases.models.words import CaseWords
from amends.cases.queries.answers import Answer, answers_for
from amends.cases.queries.blind import customers_kept_from
from amends.cases.queries.reading import cases_for
from amends.cases.rules.kinds import Verdict
from amends.cases.rules.suggesting import Offer, Why, stems_in, stems_of, suggested, told_apart
from amends.cases.rules.telling_again import small_words, told_again
from amends.contacts.rules.kinds import Direction, Source
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

# So many of the cases that ended last are looked at, and the letters of so many of the likest.
MOST_ALIKE, MOST_READ = 20, 4
MOST_HEARD = 100  # of the newest cases, to know which words are everyday ones
_LIKE = "like-"


@dataclass(frozen=True, slots=True)
class Suggested:
    """An answer that is suggested, and why. times: how often replies were written with it.

    key: what puts it in. missing: how much is to be filled in. reference: of the case that it put
    right; of that case stands here what tells of nobody.
    """

    key: str
    name: str
    text: str
    whys: tuple[Why, ...]
    times: int = 0
    missing: int = 0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody may begin a reply with: what is suggested, and all other ready answers."""

    suggested: tuple[Suggested, ...]
    others: tuple[Answer, ...]

    def text_of(self, key: str) -> str | None:
        """Return what the answer of this key says; None if there is none."""
        texts = {one.key: one.text for one in self.suggested}
        return (texts | {str(one.pk): one.text for one in self.others}).get(key)


@dataclass(frozen=True, slots=True)
class _Solved:
    """What put a case like this right, without what is another's."""

    case: int
    reference: str
    words: frozenset[str]
    text: str


def answers_on(case: Case, *, author: Staff, at: datetime) -> Answers:
    """Return what `author` may begin a reply on `case` with, what is suggested first."""
    if not author.may(Act.WORK_ON_CASE):
        return Answers((), ())
    ready = answers_for(case, author=author, at=at)
    topics = frozenset(_topics(case))
    solved = _solved(case, topics, author, ready)
    counts = _counts([one.pk for one in ready], topics)
    offers = [_offer_of(one, topics, counts) for one in ready]
    offers += [_offer_solved(one) for one in solved]
    said = _told_apart(case)
    known = {str(one.pk): one for one in ready}
    like = {f"{_LIKE}{one.case}": one for one in solved}
    first: list[Suggested] = []
    for each in suggested(offers, said=said):
        if one := known.pop(each.key, None):
            everywhere, on_topic = counts.get(one.pk, (0, 0))
            times = on_topic if Why.USED_ON_TOPIC in each.whys else everywhere
            missing = len(one.missing)
            first.append(Suggested(each.key, one.name, one.text, each.whys, times, missing))
        else:
            seen = like[each.key]
            first.append(
                Suggested(each.key, seen.reference, seen.text, each.whys, reference=seen.reference)
            )
    return Answers(tuple(first), tuple(known.values()))


def _topics(case: Case) -> Sequence[str]:
    named = Issue.objects.filter(case=case).exclude(topic="")
    return list(named.values_list("topic", flat=True))


def _offer_of(one: Answer, topics: frozenset[str], counts: dict[int, tuple[int, int]]) -> Offer:
    everywhere, on_topic = counts.get(one.pk, (0, 0))
    return Offer(
        key=str(one.pk),
        words=stems_in(f"{one.name} {one.unfilled}"),
        in_language=one.is_translated,
        of_topic=one.topic in topics,
        of_kind=one.of_kind,
        times=everywhere,
        times_on_topic=on_topic,
    )


def _offer_solved(one: _Solved) -> Offer:
    return Offer(key=f"{_LIKE}{one.case}", words=one.words, solved=True, of_topic=True)


def _counts(answers: Sequence[int], topics: frozenset[str]) -> dict[int, tuple[int, int]]:
    """Return how often each answer was used, on all cases and on these topics."""
    rows = AnswerUsed.objects.filter(template__in=answers, topic__in=("", *topics))
    counts: dict[int, tuple[int, int]] = {}
    for key, topic, times in rows.values_list("template", "topic", "times"):
        everywhere, on_topic = counts.get(key, (0, 0))
        counts[key] = (everywhere, on_topic + times) if topic else (times, on_topic)
    return counts


def _stems(cases: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return the stems of the words of some cases, by their keys."""
    listed = Func(
        "words", function="tsvector_to_array", output_field=ArrayField(base_field=TextField())
    )
    rows = CaseWords.objects.filter(pk__in=cases).values_list("pk", listed)
    return {key: stems_of(words) for key, words in rows}


def _told_apart(case: Case) -> frozenset[str]:
    """Return the stems of `case` that tell it apart from others of its language."""
    newest = Case.objects.filter(language=case.language).exclude(pk=case.pk).order_by("-pk")
    stems = _stems([case.pk, *newest.values_list("pk", flat=True)[:MOST_HEARD]])
    said = stems.pop(case.pk, frozenset())
    return told_apart(said, others=list(stems.values()))


def _solved(
    case: Case, topics: frozenset[str], author: Staff, ready: Sequence[Answer]
) -> list[_Solved]:
    """Return what put cases of these topics right, the likest first; none without a topic.

    The letters of sensitive cases, and of those that are kept from `author`, are never looked at.
    """
    alike = list(_alike(case, topics, author)) if topics else []
    if not alike:
        return []
    stems = _stems([case.pk, *(key for key, _reference in alike)])
    said = stems.get(case.pk, frozenset())
    alike.sort(key=lambda one: -len(said & stems.get(one[0], frozenset())))
    texts = _last_words([key for key, _reference in alike[:MOST_READ]])
    names = _names_in(list(texts))
    usual = frozenset().union(*map(small_words, [*texts.values(), *(one.text for one in ready)]))
    told = (
        (key, reference, told_again(texts[key], language=case.language, names=names, usual=usual))
        for key, reference in alike
        if key in texts
    )
    # Of two that say the same the likest is enough.
    once = {text: (key, reference) for key, reference, text in reversed(list(told)) if text}
    return [
        _Solved(key, reference, stems.get(key, frozenset()), text)
        for text, (key, reference) in reversed(once.items())
    ]


def _alike(case: Case, topics: frozenset[str], author: Staff) -> QuerySet[Case, tuple[int, str]]:
    """Return key and reference of the cases of these topics that were put right last."""
    same = Exists(Issue.objects.filter(case=OuterRef("pk"), topic__in=topics))
    ended = cases_for(author).filter(
        same,
        closed_at__isnull=False,
        verdict=Verdict.YES,
        kind=case.kind,
        language=case.language,
        sensitive_since=None,
    )
    if kept := customers_kept_from(author):
        ended = ended.filter(Q(person=None) | ~Q(person__in=kept))
    newest = ended.exclude(pk=case.pk).order_by("-closed_at", "-pk")
    return newest.values_list("pk", "reference")[:MOST_ALIKE]


def _last_words(cases: Sequence[int]) -> dict[int, str]:
    """Return what we wrote last on each of `cases`, by their keys."""
    ours = CaseContact.objects.filter(
        case__in=cases,
        contact__direction=Direction.OUT,
        contact__automatic=False,
        contact__words__source=Source.WRITTEN,
    )
    last = ours.order_by("case", "-at", "-pk").distinct("case")
    return dict(last.values_list("case", "contact__words__text"))


def _names_in(cases: Sequence[int]) -> set[str]:
    """Return the names of everybody who is known in `cases`."""
    contacts = CaseContact.objects.filter(case__in=cases).values_list(
        "case__person__name", "contact__person__name", "contact__speaks_for__name",
        "contact__handled_by__name", "contact__sender_name", "case__owner__name",
    )  # fmt: skip
    parties = PartyOfCase.objects.filter(case__in=cases)
    both = [*contacts, *parties.values_list("person__name", "staff__name")]
    return {name for names in both for name in names if name}
