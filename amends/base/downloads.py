"""Handing out files that somebody sent us, in a way that no browser runs what is in them."""

from django.http import FileResponse

from amends.base.files import open_kept

# A browser shows these by itself and runs nothing of them.
HARMLESS = frozenset({"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"})
BYTES = "application/octet-stream"


def download(*, sha256: str, name: str, media_type: str) -> FileResponse:
    """Return the file kept as `sha256`, to be saved under `name`.

    Raises FileNotFoundError.
    """
    response = FileResponse(
        open_kept(sha256),
        as_attachment=True,
        filename=name,
        content_type=media_type if media_type in HARMLESS else BYTES,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
