"""How often replies are written with each of the answers that we give often."""

from django.db import models

from amends.contacts.models.templates import AnswerTemplate


class AnswerUsed(models.Model):
    """How many replies were written with an answer; with a topic: on cases of that topic alone."""

    template = models.ForeignKey(AnswerTemplate, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=100, blank=True)
    times = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "answers used"
        constraints = [
            models.UniqueConstraint(fields=["template", "topic"], name="answer_used_once_a_topic"),
        ]

    def __str__(self) -> str:
        return f"#{self.template_id} {self.topic}: {self.times}"
