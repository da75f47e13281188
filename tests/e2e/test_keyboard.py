"""With keys alone: everything is reached, and one always sees where one is."""

import pytest
from playwright.sync_api import Page

from amends.cases.queries.links import token_of
from amends.staff.models import Staff
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# What the Tab key must reach: whatever can be seen and used; of a group of radios, one.
MARK_STOPS = """() => {
  const usable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const groups = new Set();
  const stops = [...document.querySelectorAll(usable)].filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.type === "hidden") return false;
    if (!one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== "radio") return true;
    const group = one.form?.id + one.name;
    return !groups.has(group) && groups.add(group);
  });
  stops.forEach((one, number) => {
    const same = one.type === "radio" ? document.getElementsByName(one.name) : [one];
    same.forEach((each) => (each.dataset.stop = number));
  });
  return stops.map((one) => one.outerHTML.slice(0, 120));
}"""

# Where the focus is, whether it shows there, and whether something else lies on top of it.
LOOK = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const around = [here, here.parentElement, here.closest(".overlay-head"), ...(here.labels ?? [])];
  const shows = (one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined && style.opacity !== "0";
  };
  const box = here.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].map((part) => [
    box.left + box.width * part, box.top + box.height * part,
  ]);
  const free = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && around.some((one) => one && (one.contains(top) || top.contains(here)));
  });
  return {stop: here.dataset.stop ?? null, shows: around.some(shows), free};
}"""


@pytest.fixture
def agent(sign_in) -> Staff:
    """Somebody with a case, a promise and a colleague."""
    make.organisation()
    inga = make.staff("Inga Ramanauskaitė")
    make.team(duty_owner=make.staff(role=Role.SENIOR), members=(inga,))
    make.promise(make.case(make.contact(person=make.person()), owner=inga))
    sign_in(inga)
    return inga


@pytest.mark.parametrize("width", [1440, 390])
def test_the_tab_key_reaches_everything_and_shows_where_it_is(page: Page, agent, width: int):
    case = agent.cases.get()
    page.set_viewport_size({"width": width, "height": 844})
    paths = [
        "/",
        "/inbox/",
        f"/cases/{case.reference}/",
        "/contact/new/",
        f"/customers/{case.person_id}/",
        "/promises/",
        "/help/",
        "/profile/",
        "/tell-us/en/",
        f"/c/en/{token_of(case)}/",
    ]
    found = [f"{path}: {problem}" for path in paths for problem in problems(page, path)]
    assert not found, "\n".join(found)


def problems(page: Page, path: str) -> list[str]:
    """Go through a page with the Tab key, and return what was missed, unseen or covered."""
    page.goto(path)
    stops = page.evaluate(MARK_STOPS)
    found, reached = [], set()
    # Where a field has the focus from the beginning, one comes by the end of the page once more.
    for _step in range(len(stops) + 12):
        page.keyboard.press("Tab")
        here = page.evaluate(LOOK)
        if here is None or here["stop"] in reached:
            continue
        reached.add(here["stop"])
        if here["stop"] is not None and not (here["shows"] and here["free"]):
            how = "is covered" if here["shows"] else "does not show that it has the focus"
            found.append(f"{how}: {stops[int(here['stop'])]}")
    missed = [stop for number, stop in enumerate(stops) if str(number) not in reached]
    return [*found, *(f"is not reached: {stop}" for stop in missed)]
