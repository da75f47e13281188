"""Handing out a file that we made ourselves."""

from typing import TYPE_CHECKING

from django.http import FileResponse

from amends.base.made import made_path

if TYPE_CHECKING:
    from amends.cases.models.bundles import Bundle


def handed(bundle: "Bundle") -> FileResponse:
    """Return the file of `bundle`, to be saved. Raises FileNotFoundError."""
    response = FileResponse(
        made_path(bundle.sha256).open("rb"),
        as_attachment=True,
        filename=bundle.name,
        content_type="application/zip",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
