"""Every column of text is among the words that are erased, or is said to be none."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from amends.cases.rules.erasing import (
    GONE_WITH_CASES,
    GONE_WITH_CONTACTS,
    WORDS_OF_CASES,
    WORDS_OF_CONTACTS,
)

# Codes, keys of machines, and what the house writes for everybody: no words of or about customers.
KEPT = {
    "contacts.Draft": "fields key kind",
    "contacts.DraftFile": "data media_type name sha256",
    "contacts.HoldingRule": "header looks_at text",
    "cases.Tombstone": "digest",
    "cases.AnswerUsed": "topic",
    "cases.Contribution": "step",
    "contacts.Mailbox": (
        "address afterwards authority folder from_name host languages move_to name "
        "protection secret sign_in signature user way_in"
    ),
    "contacts.Fetching": "detail place trouble",
    "contacts.LeftThere": "detail key trouble",
    "contacts.Consent": (
        "access authorise_at client_id client_secret issuer refresh scope token_at"
    ),
    "contacts.SendingIdentity": "host private_key public_key secret security selector user",
    "contacts.AnswerTemplate": "kind name texts topic",
    "contacts.Arrival": "key sha256 source state",
    "contacts.Recognised": "key",
    "contacts.Contact": "channel direction effect language represents",
    "contacts.Words": "sha256 source text",
    "contacts.Attachment": "media_type sha256",
    "contacts.OutgoingMail": "kind language message_id state",
    "cases.Procedure": "evidence guards kind reason steps",
    "cases.Case": (
        "channel jurisdiction kind language next_due outcome party_kind priority_reason "
        "publication_consent publication_how reference relief requested sector state tags track "
        "verdict yes_how"
    ),
    "cases.Issue": "broken product sub_product sub_topic topic validity",
    "cases.CaseLink": "kind",
    "cases.PartyOfCase": "part",
    "cases.Ruling": "ground ruled",
    "cases.BulkRun": "act key order phase",
    "cases.BulkItem": "fate missing",
    "cases.Wait": "state",
    "cases.Forwarding": "told_how",
    "cases.InternalReview": "result was",
    "cases.OutsideProceeding": "accepted body outcome",
    "cases.Merging": "was",
    "cases.Bundle": "language sections sha256",
    "cases.BundleChoice": "item",
    "cases.Cause": "mechanism pillar",
    "cases.Promise": "basis counter_how currency remedy yes_how",
    "cases.FollowUp": "answered_how verdict",
    "cases.Attempt": "how result",
    "cases.ClockMark": "now was what",
    "cases.TermExtension": "told_how",
    "cases.CaseClock": "what whose",
    "cases.ContactReview": "item",
    "cases.PassedOver": "kind step",
    "cases.Option": "currency",
    "cases.Remedy": "basis currency kind",
    "cases.Proposal": "view_how",
    "cases.Decision": "accepted_how outcome",
    "cases.FinalResponse": "delivered_how language medium",
    "cases.OutsideBody": "address country link name source trade within_unit",
    "cases.FileToForget": "sha256",
    "cases.CustomField": "help kinds label required_at seen_by type",
    "cases.CustomChoice": "label",
    "cases.Heading": "name shelf",
    "cases.EvidenceFile": "media_type sha256",
    "cases.Keeping": "frozen_reason",
    "cases.Lesson": "topic",
    "cases.PlannedFile": "name sha256",
    "cases.IdentityCheck": "level",
    "cases.Rating": "satisfaction",
    "cases.TakenDown": "key",
    "cases.Tag": "name",
    "cases.Checklist": "kind name",
    "cases.ChecklistLine": "what",
    "cases.UnsentFile": "data media_type name sha256",
    "cases.SavedView": "columns filters name order shared",
    "cases.PinnedView": "shipped",
    "cases.SeniorCall": "sheet",
    "coach.DismissedRemark": "code",
    "coach.Correction": "question rather read",
    "coach.CardAtHand": "card",
    "machine.Asked": "failure model use",
    "notices.Notice": "about reason thing way",
    "notices.Choice": "group way",
}


def test_every_column_of_text_is_erased_or_said_to_be_kept():
    told: dict[str, set[str]] = {}
    for words in (WORDS_OF_CASES, WORDS_OF_CONTACTS):
        for label, of in words.items():
            told.setdefault(label, set()).update(of.columns)
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
    forgotten = {}
    for name in ("contacts", "cases", "coach", "machine", "notices"):
        for table in apps.get_app_config(name).get_models():
            label = table._meta.label
            if label in GONE_WITH_CASES or label in GONE_WITH_CONTACTS:
                continue
            texts = {each.name for each in table._meta.local_fields if isinstance(each, kinds)}
            left = texts - told.get(label, set()) - set(KEPT.get(label, "").split())
            if left:
                forgotten[label] = left
    assert forgotten == {}
