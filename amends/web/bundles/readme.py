"""What the file says of itself, in the language of whom it is for."""

from django.utils.translation import gettext as _

_UNIX = """\
  Linux:    sha256sum --check manifest.sha256
  macOS:    shasum --algorithm 256 --check manifest.sha256"""
_WINDOWS = """\
  Get-Content manifest.sha256 -Encoding UTF8 | ForEach-Object {
    $h, $n = $_ -split '  ', 2
    if ((Get-FileHash -LiteralPath $n).Hash -ne $h) { "changed: $n" } }"""


def readme(*, reference: str, to: str, pdf: str) -> str:
    """Return the text that stands in the file beside everything else."""
    facts = {"reference": reference, "to": to, "pdf": pdf}
    parts = (
        _("The whole case %(reference)s, made for %(to)s.") % facts,
        _(
            "%(pdf)s holds the case to be read. The folder contacts holds what was said and "
            "written, as text; originals holds mails byte for byte as they came; files holds what "
            "was sent along, letters and evidence."
        )
        % facts,
        _("case.json holds the same as %(pdf)s, part by part, for programs.") % facts,
        _(
            "manifest.json names every file with its size, its SHA-256, where it is from and since "
            "when we have it; and it names what is not here, and why. A black bar, █████, stands "
            "for a passage that nobody outside may read: it is nowhere in these files."
        ),
        _(
            "To make sure that nothing was changed, unpack everything into one folder, open a "
            "terminal in it, and type one of these lines. Each file has to be answered with OK."
        ),
        _UNIX,
        _("On Windows, PowerShell answers with nothing if all is well:"),
        _WINDOWS,
        _(
            "The SHA-256 of the whole archive is written down with us, and whoever gave you this "
            "can tell you what it is."
        ),
    )
    return "\n\n".join(parts) + "\n"
