from django.db import models


class AskedBy(models.Model):
    """By when a customer asks for it in a contact, as their words were read.

    It binds nobody: a colleague takes it over as the day they need it by, or leaves it.
    words: those that say so. until: the moment they mean, by when they were written.
    """

    contact = models.OneToOneField(
        "contacts.Contact", models.CASCADE, primary_key=True, related_name="asked_by"
    )
    words = models.CharField(max_length=200)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk}"
