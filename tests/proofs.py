"""Which test proves which requirement; `python -m tests.proofs` writes docs/requirements.md.

The requirements are the rows of docs/requirements.tsv, the proofs the tests that carry
`@pytest.mark.requirement("S4-12", ...)`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from config.environment import ROOT

ROWS = ROOT / "docs" / "requirements.tsv"
PAGE = ROOT / "docs" / "requirements.md"
TEXTS = {
    "S0": "What care for a customer is",
    "S1": "Serving customers",
    "S2": "What good service means",
    "S3": "Attention, moments of truth and communication",
    "S4": "Handling complaints",
}
HEAD = """# What the founding texts ask for, and what proves it

Made by `python -m tests.proofs` from `requirements.tsv` and the marks of the tests, never by hand.
Of {all} rows {proven} are proven by a test, {open} are open.
"""


def rows() -> dict[str, str]:
    """Return the title of every requirement, by its number and in order."""
    return dict(line.split("\t") for line in ROWS.read_text().splitlines())


def proofs() -> dict[str, list[str]]:
    """Return the tests that prove each requirement, as `tests/path.py::name`."""
    found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for number, name in _marks(path):
            found[number].append(f"{path.relative_to(ROOT)}::{name}")
    return found


def page() -> str:
    """Return the text of docs/requirements.md."""
    titles, proven = rows(), proofs()
    done = sum(1 for number in titles if number in proven)
    parts = [HEAD.format(all=len(titles), proven=done, open=len(titles) - done)]
    for text, name in TEXTS.items():
        parts.append(f"\n## {text}: {name}\n\n| row | what | proven by |\n| --- | --- | --- |\n")
        parts += [
            f"| {number} | {title} | {_cell(proven.get(number, []))} |\n"
            for number, title in titles.items()
            if number.startswith(f"{text}-")
        ]
    return "".join(parts)


def _cell(tests: list[str]) -> str:
    return "<br>".join(f"`{test}`" for test in tests) or "open"


def _marks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each number that a test of the file is marked with, and the test's name in it."""
    tree = ast.parse(path.read_text())
    for_all = _numbers(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    )
    for node in tree.body:
        yield from _marks_of(node, for_all, "")


def _marks_of(node: ast.stmt, outer: list[str], prefix: str) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return
    numbers = [*outer, *_numbers(iter(node.decorator_list))]
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _marks_of(inner, numbers, f"{prefix}{node.name}::")
    elif node.name.startswith("test_"):
        yield from ((number, f"{prefix}{node.name}") for number in numbers)


def _numbers(marks: Iterator[ast.expr]) -> list[str]:
    """Return the arguments of every `pytest.mark.requirement(…)` within the expressions."""
    return [
        str(argument.value)
        for mark in marks
        for call in ast.walk(mark)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.requirement"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


if __name__ == "__main__":
    PAGE.write_text(page())
