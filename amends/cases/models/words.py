"""The words of cases, folded, by which cases are found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from amends.cases.models.case import Case


class CaseWords(models.Model):
    """Every word of a case once, folded as `amends.cases.rules.words` folds what is sought.

    Kept by triggers on what it is gathered from (migrations `words` and `words_added`): what the
    case is about, what its customer wrote or what was taken down, what is complained of, and notes.
    Of a sensitive case it holds what the case is about and nothing else. New rows add their words;
    where something is changed or taken away, all are gathered anew.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = "words of cases"
        indexes = [GinIndex(fields=["words"], name="case_by_words", gin_pending_list_limit=512)]

    def __str__(self) -> str:
        return f"#{self.pk}"
