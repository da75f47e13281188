"""What is written plainly, laid out: paragraphs, lists, addresses to click, bold, pictures. Pure.

A picture that goes along is shown where its name stands alone in a line: `[valve.png]`, or with
what it shows: `[valve.png: the broken valve]`.
Nothing else of what is written is taken for markup: it is escaped, whoever wrote it. The plain text
leaves beside it, as it was written.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from types import MappingProxyType

NO_PICTURES: Mapping[str, str] = MappingProxyType({})

_EMPTY = re.compile(r"\n[ \t]*\n")
_POINT = re.compile(r"\s*[-*•]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
_MARKS = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)|\*\*(?P<bold>\S(?:[^*\n]*\S)?)\*\*", re.IGNORECASE
)
_PICTURE = re.compile(r"[ \t]*\[([^\[\]\n:]+)(?::[ \t]*([^\[\]\n]*))?\][ \t]*")
_CLOSING = ".,;:!?)]}»”’'"
_PICTURE_STYLE = "max-width:100%;height:auto"
_STYLE = "font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:640px"


def pictures_named(text: str, names: Collection[str]) -> list[str]:
    """Return which pictures of `names` are shown in `text`, in the order in which they stand."""
    lines = (_PICTURE.fullmatch(line.rstrip("\r")) for line in text.split("\n"))
    found = (line[1].strip() for line in lines if line)
    return list(dict.fromkeys(name for name in found if name in names))


def without_picture(text: str, name: str) -> str:
    """Return `text` without the lines that show the picture of this `name`."""
    lines = ((line, _PICTURE.fullmatch(line.rstrip("\r"))) for line in text.split("\n"))
    return "\n".join(line for line, shows in lines if not (shows and shows[1].strip() == name))


def laid_out(text: str, language: str, pictures: Mapping[str, str] = NO_PICTURES) -> str:
    """Return `text` as an HTML page of `language`.

    pictures: the content ids of those that go along, by their file names.
    """
    body = "\n".join(_blocks(text.replace("\r\n", "\n").strip(), pictures))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
        f'<body><div style="{_STYLE}">\n{body}\n</div></body></html>\n'
    )


def _blocks(text: str, pictures: Mapping[str, str]) -> Iterator[str]:
    for part in _EMPTY.split(text):
        lines = [line for line in part.split("\n") if line.strip()]
        while lines:
            mark = _mark_of(lines[0])
            run = _run(lines, mark)
            lines = lines[len(run) :]
            yield _block(run, mark, pictures)


def _mark_of(line: str) -> re.Pattern[str] | None:
    return next((mark for mark in (_POINT, _NUMBER) if mark.match(line)), None)


def _run(lines: list[str], mark: re.Pattern[str] | None) -> list[str]:
    """Return the first of `lines` that belong together: of one list, or of none."""
    ends = (n for n, line in enumerate(lines) if _mark_of(line) is not mark)
    return lines[: next(ends, len(lines))]


def _block(lines: list[str], mark: re.Pattern[str] | None, pictures: Mapping[str, str]) -> str:
    if mark is None:
        shown = (_picture(line, pictures) or _inline(line) for line in lines)
        return f"<p>{'<br>'.join(shown)}</p>"
    name = "ul" if mark is _POINT else "ol"
    start = f' start="{_first(lines[0])}"' if name == "ol" else ""
    items = "".join(f"<li>{_inline(mark.sub('', line, count=1))}</li>" for line in lines)
    return f"<{name}{start}>{items}</{name}>"


def _first(line: str) -> int:
    return int(re.split(r"[.)]", line, maxsplit=1)[0])


def _picture(line: str, pictures: Mapping[str, str]) -> str:
    """Return the picture that `line` names; "" where it names none that goes along."""
    found = _PICTURE.fullmatch(line)
    cid = pictures.get(found[1].strip()) if found else None
    if found is None or cid is None:
        return ""
    shows = (found[2] or "").strip() or found[1].strip().rpartition(".")[0]
    return f'<img src="cid:{escape(cid)}" alt="{escape(shows)}" style="{_PICTURE_STYLE}">'


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
