"""How fast a text is read and a reply is checked, and what memory the five languages take.

    python -m benchmarks.reading

Each language is measured on 300 words of its own, after the first reading has loaded it. Prints a
table in Markdown.
"""

import resource
import statistics
import time
from collections.abc import Callable

from amends.language.drafts import Context
from amends.language.lexicon import TONGUES
from amends.language.reading import read
from amends.language.remarks import remarks

WORDS = 300
ROUNDS = 30
LINES = {
    "en": "The boiler broke on {n} March, nobody came, and we are very angry about order {n}-4471.",
    "ru": "{n} марта сломался котёл, никто не пришёл, и мы очень злы из-за заказа {n}-4471.",
    "pl": "{n} marca zepsuł się piec, nikt nie przyszedł i jesteśmy źli o zamówienie {n}-4471.",
    "sq": "Më {n} mars u prish kaldaja, askush nuk erdhi dhe jemi të zemëruar, porosia {n}-4471.",
    "lt": "Kovo {n} d. sugedo katilas, niekas neatvyko ir mes labai pykstame, užsakymas {n}-4471.",
}


def main() -> None:
    """Measure and print."""
    before = megabytes()
    print("| language | read, p50 ms | read, p95 ms | remarks, p50 ms | remarks, p95 ms |")
    print("|---|---:|---:|---:|---:|")
    for tongue in TONGUES:
        text = three_hundred_words(LINES[tongue])
        context = Context(customer_name="Ona", language=tongue)
        reading = timed(lambda text=text: read(text))
        checking = timed(lambda text=text, context=context: remarks(text, context))
        print(f"| {tongue} | {row(reading)} | {row(checking)} |")
    print(f"\nMemory for all five: {megabytes() - before:.0f} MB more than before the first.")


def three_hundred_words(line: str) -> str:
    """Return so many words of sentences that differ."""
    words: list[str] = []
    while len(words) < WORDS:
        words += line.format(n=len(words) % 28 + 1).split()
    return " ".join(words[:WORDS])


def timed(act: Callable[[], object]) -> list[float]:
    """Return the milliseconds of the processor in each round, the first left out."""
    act()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        spent.append((time.process_time() - start) * 1000)
    return spent


def row(spent: list[float]) -> str:
    """Return the median and the 95th percentile as cells."""
    return f"{statistics.median(spent):.1f} | {statistics.quantiles(spent, n=20)[-1]:.1f}"


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
