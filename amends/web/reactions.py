"""What is made in words, by a job: pages take none of this time."""

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from procrastinate.contrib.django import app

from amends.cases.actions.bundles import fail_bundle
from amends.cases.events.bundles import BundleAsked
from amends.cases.queries.bundles import bundle_to_make
from amends.journal.events import on
from amends.web.bundles.making import make_bundle

log = structlog.get_logger(__name__)


@app.task(name="web.make_bundle")
def make_asked_bundle(*, bundle_id: int) -> None:
    """Make the file of a case that was asked for; what went wrong is written down with it."""
    try:
        bundle = bundle_to_make(bundle_id)
    except ObjectDoesNotExist:
        return  # it is made already
    try:
        make_bundle(bundle, at=timezone.now())
    except Exception as problem:
        # The text of an error may name a person: only what kind it is goes to the log and the page.
        log.exception("bundle_failed", bundle=bundle_id)
        fail_bundle(bundle, error=type(problem).__name__, at=timezone.now())


@on(BundleAsked)
def make_the_file_asked_for(event: BundleAsked) -> None:
    """Queue the making of a file of a case."""
    make_asked_bundle.defer(bundle_id=event.bundle_id)
