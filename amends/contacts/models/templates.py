from django.db import models
from django.db.models import Q


class AnswerTemplate(models.Model):
    """An answer that we give often, to begin a reply with; never sent by itself.

    kind, topic: of which cases it is offered first; empty for all of them. texts: {language: text}
    with variables in braces. active: whether it is offered. position: its place in the list.
    """

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    texts = models.JSONField()
    active = models.BooleanField(default=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(texts={}), name="answer_template_has_a_text")
        ]

    def __str__(self) -> str:
        return self.name
