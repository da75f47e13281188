"""The complaints of a period as regulators ask for them: numbers on a page, and two files."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from amends.base.money_words import money_words
from amends.cases.queries.returns import Complaint, Period, Return, complaints_told, return_of
from amends.cases.rules.returning import (
    CONSENT,
    SUBMITTED_VIA,
    TIMELY,
    company_response,
    last_half_year,
)
from amends.contacts.rules.kinds import Channel
from amends.staff.queries import organisation, zone_for
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs
from amends.web.spreadsheets import csv_file, csv_lines, csv_stream

ONE_DAY = timedelta(days=1)
_BOUNDS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31)))
_COLUMNS = (
    "complaint_id", "date_received", "product", "sub_product", "issue", "sub_issue",
    "consumer_consent_provided", "submitted_via", "company_response", "timely",
)  # fmt: skip


class Days(forms.Form):
    """Of which days it is asked."""

    since = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput({"type": "date"}),
        validators=_BOUNDS,
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput({"type": "date"}),
        validators=_BOUNDS,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        told = self.cleaned_data
        if len(told) == len(self.fields) and told["until"] < told["since"]:
            self.add_error("until", _("The last day is before the first."))
        return told

    def period(self) -> Period:
        """Return the days asked for, as the house's clock has them."""
        zone = zone_for(None)
        first, last = self.cleaned_data["since"], self.cleaned_data["until"] + ONE_DAY
        since, until = (datetime.combine(day, time(0), tzinfo=zone) for day in (first, last))
        return Period(since, until, zone)


@needs(Act.SEE_JOURNAL)
@require_safe
def returns(request: StaffRequest) -> HttpResponse:
    """Show the numbers of a period, and the way to its files."""
    return _page(request, _asked(request))


@needs(Act.SEE_JOURNAL)
@require_safe
def return_csv(request: StaffRequest) -> HttpResponse:
    """Send the numbers as a file."""
    form = _asked(request)
    if not form.is_valid():
        return _page(request, form)
    told = _return(form)
    days = [
        (field.label, form.cleaned_data[name].isoformat()) for name, field in form.fields.items()
    ]
    paid = [(_paid(currency), f"{amount:.2f}") for currency, amount in told.paid.items()]
    rows = [(_("What"), _("How many")), *days, *_counted(told), *paid]
    return csv_file(rows, name=_name("return", form))


@needs(Act.SEE_JOURNAL)
@needs(Act.SEE_CASES)
@require_safe
def complaints_csv(request: StaffRequest) -> HttpResponseBase:
    """Send the complaints received, one a line, while they are read."""
    form = _asked(request)
    if not form.is_valid():
        return _page(request, form)
    told = complaints_told(form.period(), by=request.user, at=timezone.now())
    kept = _("Shown once everything in their open case is found on")
    rows = chain([_COLUMNS], (_cells(each, kept) for each in told))
    return csv_stream(csv_lines(rows), name=_name("complaints", form))


def _asked(request: StaffRequest) -> Days:
    since, until = last_half_year(timezone.localdate(timezone=zone_for(None)))
    usual = {"since": since.isoformat(), "until": until.isoformat()}
    return Days({**usual, **request.GET.dict()})


def _page(request: StaffRequest, form: Days) -> HttpResponse:
    facts: dict[str, Any] = {"form": form}
    if form.is_valid():
        told = _return(form)
        paid = [
            (_paid(currency), money_words(amount, currency))
            for currency, amount in told.paid.items()
        ]
        days = {name: day.isoformat() for name, day in form.cleaned_data.items()}
        facts |= {
            "rows": [*_counted(told), *paid],
            "days": urlencode(days),
            "sees_cases": request.user.may(Act.SEE_CASES),
        }
    status = 422 if form.errors else 200
    return render(request, "web/returns/returns.html", facts, status=status)


def _return(form: Days) -> Return:
    return return_of(form.period(), country=organisation().country)


def _counted(told: Return) -> Sequence[tuple[str, int]]:
    three_days, four_weeks, eight_weeks, later = told.ended.within
    return (
        (_("Open at the beginning"), told.open_before),
        (_("Received"), told.received),
        (_("Ended within three working days"), three_days),
        (_("Ended after that, within four weeks"), four_weeks),
        (_("Ended after that, within eight weeks"), eight_weeks),
        (_("Ended later"), later),
        (_("Upheld, wholly or in part"), told.ended.upheld),
        (_("Open at the end"), told.open_after),
    )


def _paid(currency: str) -> str:
    return _("Paid in %(currency)s") % {"currency": currency}


def _cells(told: Complaint, kept: str) -> Sequence[str]:
    """Return a line of the file; `kept` stands for what the reader is kept from."""
    return (
        told.reference,
        told.received_on.isoformat(),
        told.product,
        told.sub_product,
        told.topic,
        told.sub_topic,
        CONSENT[told.consent],
        SUBMITTED_VIA[Channel(told.channel)],
        kept if told.keeps else company_response(told.relief, is_open=told.is_open),
        TIMELY[told.timely],
    )


def _name(what: str, form: Days) -> str:
    since, until = (form.cleaned_data[each].isoformat() for each in ("since", "until"))
    return f"{what}-{since}-{until}.csv"
