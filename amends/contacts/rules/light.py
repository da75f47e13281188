"""What is written plainly, laid out: paragraphs, lists, addresses to click, bold. Pure.

Nothing else of what is written is taken for markup: it is escaped, whoever wrote it. The plain text
leaves beside it, as it was written.
"""

import re
from collections.abc import Iterator
from html import escape

_EMPTY = re.compile(r"\n[ \t]*\n")
_POINT = re.compile(r"\s*[-*•]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
_MARKS = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)|\*\*(?P<bold>\S(?:[^*\n]*\S)?)\*\*", re.IGNORECASE
)
_CLOSING = ".,;:!?)]}»”’'"
_STYLE = "font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:640px"


def laid_out(text: str, language: str) -> str:
    """Return `text` as an HTML page of `language`."""
    body = "\n".join(_blocks(text.replace("\r\n", "\n").strip()))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
        f'<body><div style="{_STYLE}">\n{body}\n</div></body></html>\n'
    )


def _blocks(text: str) -> Iterator[str]:
    for part in _EMPTY.split(text):
        lines = [line for line in part.split("\n") if line.strip()]
        while lines:
            mark = _mark_of(lines[0])
            run = _run(lines, mark)
            lines = lines[len(run) :]
            yield _block(run, mark)


def _mark_of(line: str) -> re.Pattern[str] | None:
    return next((mark for mark in (_POINT, _NUMBER) if mark.match(line)), None)


def _run(lines: list[str], mark: re.Pattern[str] | None) -> list[str]:
    """Return the first of `lines` that belong together: of one list, or of none."""
    ends = (n for n, line in enumerate(lines) if _mark_of(line) is not mark)
    return lines[: next(ends, len(lines))]


def _block(lines: list[str], mark: re.Pattern[str] | None) -> str:
    if mark is None:
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    name = "ul" if mark is _POINT else "ol"
    start = f' start="{_first(lines[0])}"' if name == "ol" else ""
    items = "".join(f"<li>{_inline(mark.sub('', line, count=1))}</li>" for line in lines)
    return f"<{name}{start}>{items}</{name}>"


def _first(line: str) -> int:
    return int(re.split(r"[.)]", line, maxsplit=1)[0])


def _inline(line: str) -> str:
    made, end = [], 0
    for match in _MARKS.finditer(line):
        made.append(escape(line[end : match.start()]))
        end = match.end()
        if url := match["url"]:
            bare = url.rstrip(_CLOSING)
            made.append(f'<a href="{escape(bare)}">{escape(bare)}</a>{escape(url[len(bare) :])}')
        else:
            made.append(f"<strong>{escape(match['bold'])}</strong>")
    made.append(escape(line[end:]))
    return "".join(made).strip()
