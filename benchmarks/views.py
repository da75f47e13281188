"""How fast saved views are, twelve of them, and whether that grows with the cases.

    python -m benchmarks.views 1000 100000

Measured as `benchmarks.pages` measures: an installation of its own for each number of cases, the
real server with two web workers, one client asking for one view after another. The last view is the
hardest: two fields of our own over all teams, which no case answers. Prints a table in
Markdown, and with --plans how PostgreSQL reads each view.
"""

import statistics
import sys
from typing import TYPE_CHECKING

import psutil

from benchmarks.installation import collect_static, in_own_process, installed
from benchmarks.pages import ask, busy_seconds, connect, served

if TYPE_CHECKING:
    from amends.cases.rules.views import Look
    from amends.database.cluster import Cluster


WARM_UP = 10
REQUESTS = 60


def main(sizes: list[int], more: list[str]) -> None:
    """Measure each size in a process of its own."""
    print("| cases | view | shows | statements | p50 ms | p95 ms | processor ms |")
    print("|---:|---|---|---:|---:|---:|---:|", flush=True)
    for size in sizes:
        in_own_process("benchmarks.views", str(size), *more)


def measure(size: int, *, plans: bool) -> None:
    """Make `size` cases, serve them, and print a row a view."""
    with installed() as cluster:
        collect_static()
        report(size, cluster, plans=plans)


def looks() -> "dict[str, Look]":
    """Return the twelve views, by what they are called."""
    from amends.cases.models.fields import CustomChoice, CustomField  # noqa: PLC0415 - once the settings are known
    from amends.cases.rules.shipped import LOOKS, Shipped  # noqa: PLC0415
    from amends.cases.rules.views import Filter, Look, Match, Order  # noqa: PLC0415

    def asks(by: str, match: Match, *values: str) -> Filter:
        return Filter(by, match, values)

    branch, amount = (CustomField.objects.get(type=kind).pk for kind in ("one-of", "amount"))
    branches = [str(pk) for pk in CustomChoice.objects.order_by("pk").values_list("pk", flat=True)]
    own = ("due", "owner", f"field-{branch}", f"field-{amount}")
    open_ = asks("open", Match.IS, "yes")
    return {
        "Mine": Look((asks("owner", Match.IS, "me"),)),
        "Breaks today": LOOKS[Shipped.BREAKS_TODAY],
        "My teams', not taken": Look(
            (asks("team", Match.IS, "mine"), asks("owner", Match.IS, "nobody"))
        ),
        "Waiting for the customer": LOOKS[Shipped.WAITING_FOR_CUSTOMER],
        "Grave ones": LOOKS[Shipped.SERIOUS],
        "Angry and unanswered": LOOKS[Shipped.ANGRY_AND_UNANSWERED],
        "A week without a word": LOOKS[Shipped.WITHOUT_A_WORD],
        "Words said, of a customer": Look(
            (
                asks("text", Match.CONTAINS, "number 77"),
                asks("customer", Match.CONTAINS, "number7"),
            ),
            order=Order.NEWEST_FIRST,
        ),
        "Tagged, received this month": Look(
            (asks("tag", Match.IS, "3", "11"), asks("received", Match.IN_LAST, "30")),
            ("received", "tags", "state"),
            Order.NEWEST_FIRST,
        ),
        "A product's, ended lately": Look(
            (asks("product", Match.IS, "Product 3"), asks("ended", Match.IN_LAST, "60")),
            ("ended", "product", "topic", "last-contact"),
            Order.ENDED_LAST,
        ),
        "Two fields, many answer": Look(
            (
                open_,
                asks(f"field-{branch}", Match.IS, *branches[:5]),
                asks(f"field-{amount}", Match.AT_LEAST, "500"),
            ),
            own,
        ),
        "Two fields, no case answers": Look(
            (
                asks(f"field-{branch}", Match.IS, branches[-1]),
                asks(f"field-{amount}", Match.AT_LEAST, "990"),
            ),
            own,
            Order.NEWEST_FIRST,
        ),
    }


def report(size: int, cluster: "Cluster", *, plans: bool) -> None:
    """Fill the database, and print what each view takes."""
    from django.utils import timezone  # noqa: PLC0415

    from amends.cases.actions.views import save_view  # noqa: PLC0415
    from amends.cases.queries.views import page_of, tally_of  # noqa: PLC0415
    from amends.database.cluster import postmaster  # noqa: PLC0415
    from amends.staff.models import Staff  # noqa: PLC0415
    from amends.staff.rules.permissions import Role  # noqa: PLC0415
    from benchmarks.ground import fill  # noqa: PLC0415
    from benchmarks.visitor import cookie_of_an_agent, statements_of  # noqa: PLC0415

    fill(size)
    agent: Staff = Staff.objects.filter(role=Role.AGENT).earliest("pk")
    cookie, at = cookie_of_an_agent(), timezone.localtime()
    views = {
        name: save_view(None, name=name, look=look, by=agent, at=at)
        for name, look in looks().items()
    }
    with served() as server:
        working = [process for process in (psutil.Process(server), postmaster(cluster)) if process]
        for name, view in views.items():
            path = f"/views/{view.pk}/"
            statements = statements_of(path, cookie)
            tally = tally_of(view.look, staff=agent, at=at)
            shown = len(page_of(view.look, staff=agent, at=at).lines)
            about = f"{shown} of {'' if tally.is_exact else 'about '}{tally.count:,}"
            took = timed(path, cookie, working)
            print(f"| {size:,} | {name} | {about} | {statements} | {took} |", flush=True)
            if plans:
                explain(view.look, agent)


def timed(path: str, cookie: str, working: list[psutil.Process]) -> str:
    """Return what asking for a view again and again takes, as the cells of a table."""
    connection = connect()
    for _ in range(WARM_UP):
        ask(connection, path, cookie)
    began = busy_seconds(working)
    one = [ask(connection, path, cookie) for _ in range(REQUESTS)]
    busy = (busy_seconds(working) - began) / REQUESTS
    slow = statistics.quantiles(one, n=20)[18]
    return " | ".join(f"{each * 1000:.1f}" for each in (statistics.median(one), slow, busy))


def explain(look: "Look", agent: object) -> None:
    """Print how PostgreSQL reads one page of a view, and how long that takes."""
    from django.utils import timezone  # noqa: PLC0415

    from amends.cases.queries.views import cases_of  # noqa: PLC0415

    cases = cases_of(look, staff=agent, at=timezone.localtime())  # type: ignore[arg-type] # a colleague
    moments = {
        "due-first": "next_due_at",
        "newest-first": "-received_at",
        "ended-last": "-closed_at",
    }
    moment = moments[look.order.value]
    ordered = cases.order_by(moment, "-pk" if moment.startswith("-") else "pk")
    print(ordered.values_list("pk")[:26].explain(analyze=True))


if __name__ == "__main__":
    options = [each for each in sys.argv[1:] if each.startswith("--") and each != "--one"]
    numbers = [int(each) for each in sys.argv[1:] if not each.startswith("--")]
    if "--one" in sys.argv:
        measure(numbers[0], plans="--plans" in options)
    else:
        main(numbers or [1000, 100_000], options)
