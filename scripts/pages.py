"""The pages of the demonstration that are pictured: add a page here when it is built.

A page whose address depends on the data is reached as a person reaches it: from `path` by `steps`,
what that person clicks and writes, one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page as Window

Step = Callable[[Window], None]
STRANGER = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its picture's name, where it starts, who looks, and what that person does."""

    name: str
    path: str
    role: str = "agent"
    steps: tuple[Step, ...] = ()


def click(selector: str) -> Step:
    """Follow a link, or open what the element opens."""

    def step(window: Window) -> None:
        window.locator(selector).first.click()
        window.wait_for_load_state()

    return step


def fill(selector: str, text: str) -> Step:
    """Write into a field."""
    return lambda window: window.fill(selector, text)


def press(keys: str) -> Step:
    """Press a key, and give what it opens the time to be there."""

    def step(window: Window) -> None:
        window.keyboard.press(keys)
        window.wait_for_timeout(500)

    return step


def go(path: str) -> Step:
    """Go to an address below the one that is open."""

    def step(window: Window) -> None:
        window.goto(urljoin(window.url.partition("?")[0], path))

    return step


def follow_code(window: Window) -> None:
    """Open the customer's page whose address is printed on the slip."""
    window.goto(window.inner_text(".paper-link").strip())


def type_mention(window: Window) -> None:
    """Begin to name a colleague in a note, so that the list opens."""
    window.locator("textarea[data-mention]").press_sequentially("Please look, @g")
    window.wait_for_selector(".mention .option")


def resume(window: Window) -> None:
    """Go on with the sheet that an earlier picture left behind, or begin one."""
    left = window.locator(".kept .chip")
    if left.count():
        left.first.click()
    else:
        window.goto("/contact/new/?channel=telephone")
    window.wait_for_load_state()


def case_of(name: str) -> Step:
    return click(f"a.subject:has-text('{name}')")


HEATING, BROKEN, COUNTERED, NOT_RIGHT = "Rūta", "Marek", "Simona", "Vytautas"
SLIP = (case_of(HEATING), click("a[href*='/slips/']"))
GRAVE = "/find/?q=Priya+Nair"
LOOKED_INTO = (click("a.subject[href*='/cases/']"), go("investigation/"))
BUNDLE = (
    *LOOKED_INTO,
    go("../bundles/"),
    fill("[name=to]", "State Consumer Rights Protection Authority"),
    click("#act button.primary"),
)
STORY = "The radiators are cold again since Saturday, and nobody calls back."


def _acts() -> tuple[Page, ...]:
    """Return every act that Milda can do on her cases, each on its own page."""
    names = {
        HEATING: (
            "promise done asked sorry thank cause close withdraw assign hand-over assess wish needs"
            " clarified issue identity about-colleague stop reply note call hands publication"
        ),
        BROKEN: "promise sorry",
    }
    return tuple(
        Page(f"act-{act}" if who == HEATING else f"act-{act}-broken", "/inbox/", steps=steps)
        for who, acts in names.items()
        for act in acts.split()
        for steps in [(case_of(who), go(f"{act}/"))]
    )


STRIP = (press("Alt+Digit5"), click("[data-phase=outburst] > summary"), click("[value=senior]"))
PAGES = (
    Page("sign-in", "/sign-in/", STRANGER),
    Page("password", "/password/forgotten/", STRANGER),
    Page("nowhere", "/nowhere/"),
    Page("profile", "/profile/"),
    Page("away", "/away/", "manager"),
    Page("away-mine", "/profile/", steps=(click('main a[href^="/away/"]'),)),
    Page("first-minutes", "/first-five-minutes/"),
    Page("my-day", "/"),
    Page("my-day-manager", "/", "manager"),
    Page("my-day-employee", "/", "employee"),
    Page("menu", "/", steps=(click("[data-menu] summary"),)),
    Page("palette", "/", steps=(press("Control+k"),)),
    Page("keys", "/", steps=(press("?"),)),
    Page("find", "/find/?q=an"),
    Page("inbox", "/inbox/"),
    Page("inbox-team", "/inbox/?which=team", "senior"),
    Page("inbox-new", "/inbox/?which=new"),
    Page("inbox-ended", "/inbox/?which=ended"),
    Page("case", "/inbox/", steps=(case_of(HEATING),)),
    Page("case-read", "/inbox/", steps=(case_of(HEATING), go("read/"))),
    Page("case-machine", "/inbox/", steps=(case_of(HEATING), go("outside-model/"))),
    Page("what-helped", "/what-helped/"),
    Page("settings-learning", "/settings/learning/", "manager"),
    Page("case-hand", "/inbox/", steps=(case_of(HEATING), click("[data-part=read] > summary"))),
    Page("sheet-strip", "/contact/new/", steps=STRIP),
    Page("case-broken", "/inbox/", steps=(case_of(BROKEN),)),
    Page("case-countered", "/inbox/", steps=(case_of(COUNTERED),)),
    Page("case-not-right", "/inbox/", steps=(case_of(NOT_RIGHT),)),
    Page("case-act", "/inbox/", steps=(case_of(BROKEN), click("#next .button"), press("Shift"))),
    Page("case-ended", "/inbox/?which=ended", steps=(click("a.subject"),)),
    Page("case-grave", "/inbox/?which=team", "senior", steps=(case_of("Priya"),)),
    Page("case-journal", "/inbox/", steps=(case_of(HEATING), go("journal/"))),
    Page("approvals", "/approvals/", "senior"),
    Page("procedures", "/settings/procedures/", "manager"),
    Page("procedure", "/settings/procedures/complaint/", "manager"),
    Page("passed-over", "/settings/procedures/passed-over/", "manager"),
    Page("case-handled", "/inbox/", steps=(case_of(HEATING), go("handled/"))),
    Page("case-split", "/inbox/", steps=(case_of(HEATING), go("split/"))),
    Page("outside-body", "/settings/outside-bodies/new/", "administrator"),
    Page("case-auditor", "/inbox/?which=team", "auditor", steps=(click("a.subject"),)),
    *_acts(),
    Page("investigation", GRAVE, "senior", steps=LOOKED_INTO),
    Page(
        "investigation-act",
        GRAVE,
        "senior",
        steps=(*LOOKED_INTO, click("#issues .plain-links a"), press("Shift")),
    ),
    Page("bundle-begin", GRAVE, "senior", steps=(*LOOKED_INTO, go("../bundles/"))),
    Page("bundle", GRAVE, "senior", steps=BUNDLE),
    Page("bundle-blacken", GRAVE, "senior", steps=(*BUNDLE, click("a[href*='/contacts/']"))),
    Page(
        "bundle-made",
        GRAVE,
        "senior",
        steps=(*BUNDLE, click("button[value=make]"), click("text=Look again")),
    ),
    Page("decide", GRAVE, "senior", steps=(*LOOKED_INTO, go("../decide/"))),
    Page("settings-lists", "/settings/lists/", "manager"),
    Page("mailboxes", "/settings/mailboxes/", "administrator"),
    Page("mailbox-new", "/settings/mailboxes/new/?address=care@gmail.com", "administrator"),
    Page("settings-clocks", "/settings/clocks/", "administrator"),
    Page(
        "settings-clock",
        "/settings/clocks/",
        "administrator",
        (click("a:has-text('lt.consumer')"),),
    ),
    Page("settings-standards", "/settings/standards/", "manager"),
    Page("settings-standard", "/settings/standards/new/", "manager"),
    Page("settings-warnings", "/settings/warnings/", "manager"),
    Page("promises-calendar", "/promises/calendar/"),
    Page("kept-standards", "/standards/", "manager"),
    Page("kept-standard", "/standards/", "manager", steps=(click("a.subject"),)),
    Page("case-clocks", "/inbox/", steps=(case_of(HEATING), go("clocks/"))),
    Page("returns", "/returns/", "manager"),
    Page("settings-sending", "/settings/sending/", "administrator"),
    Page("settings-way-out", "/settings/sending/0/", "administrator"),
    Page("settings-answers", "/settings/answers/", "manager"),
    Page(
        "settings-answer",
        "/settings/answers/",
        "manager",
        steps=(click("a.subject"),),
    ),
    Page("settings-tags", "/settings/tags/", "manager"),
    Page("settings-tag", "/settings/tags/new/", "manager"),
    Page("settings-checklists", "/settings/checklists/", "manager"),
    Page("settings-checklist", "/settings/checklists/new/", "manager"),
    Page("inbox-snoozed", "/inbox/?which=snoozed"),
    Page(
        "inbox-chosen",
        "/inbox/?which=team",
        "senior",
        steps=(press("j"), press("x"), press("j"), press("x")),
    ),
    Page("bulk-choose", "/bulk/?act=snooze&which=team&all=1", "senior"),
    Page(
        "bulk-preview",
        "/bulk/?act=close&which=team&all=1",
        "senior",
        steps=(click("button.primary[type=submit]"),),
    ),
    Page("case-snooze", "/inbox/", steps=(case_of(HEATING), go("snooze/"))),
    Page("case-todo", "/inbox/", steps=(case_of(HEATING), go("to-do/"))),
    Page("case-tags", "/inbox/", steps=(case_of(HEATING), go("tags/"))),
    Page("todos", "/to-do/"),
    Page("views", "/views/"),
    Page("view", "/views/without-a-word/"),
    Page("view-district", "/views/", steps=(click("a:has-text('By district')"),)),
    Page("view-change", "/views/", steps=(click("a:has-text('in two days')"), go("change/"))),
    Page("view-share", "/views/", steps=(click("a:has-text('in two days')"), go("share/"))),
    Page("settings-fields", "/settings/fields/", "manager"),
    Page("settings-field", "/settings/fields/", "manager", (click("a:has-text('District')"),)),
    Page("case-fields", "/inbox/?which=team", steps=(case_of(HEATING), go("fields/"))),
    Page("settings-bodies", "/settings/outside-bodies/", "manager"),
    Page("settings-body", "/settings/outside-bodies/new/", "manager"),
    Page("slip", "/inbox/", steps=SLIP),
    Page("customer-case", "/inbox/", steps=(*SLIP, follow_code)),
    Page(
        "customer-case-broken",
        "/inbox/",
        steps=(case_of(BROKEN), click("a[href*='/slips/']"), follow_code),
    ),
    Page("customer-words", "/inbox/", steps=(*SLIP, follow_code, click("a[href$='/words/']"))),
    Page("customer-add", "/inbox/", steps=(*SLIP, follow_code, click("a[href$='/add/']"))),
    Page("customer-day", "/inbox/", steps=(*SLIP, follow_code, click("a[href$='/day/']"))),
    Page(
        "customer-slip", "/inbox/", steps=(*SLIP, follow_code, click("a[href*='/promise/'].quiet"))
    ),
    Page("promises", "/promises/"),
    Page("promises-team", "/promises/?which=team", "senior"),
    Page("new-contact", "/contact/new/"),
    Page("call", "/contact/new/?channel=telephone"),
    Page(
        "call-written",
        "/promises/",
        "senior",
        steps=(resume, fill("#id_story", STORY)),
    ),
    Page("desk", "/contact/new/?channel=desk"),
    Page("letter", "/contact/new/?channel=letter"),
    Page("customers", "/customers/"),
    Page("customer", "/customers/", steps=(click("a.subject"),)),
    Page("customer-edit", "/customers/", steps=(click("a.subject"), click('a[href$="/edit/"]'))),
    Page("customer-need", "/customers/", steps=(click("a.subject"), click('a[href$="/needs/"]'))),
    Page("customer-new", "/customers/new/"),
    Page("help", "/help/"),
    Page("notices", "/notices/"),
    Page("notices-choosing", "/profile/notices/"),
    Page("case-mention", "/inbox/", steps=(case_of(HEATING), go("note/"), type_mention)),
    Page("outgoing-mail", "/outgoing-mail/", "administrator"),
    Page("mail", "/outgoing-mail/", "administrator", steps=(click("a.subject"),)),
    Page("incoming-mail", "/incoming-mail/", "senior"),
    Page("mail-filed", "/incoming-mail/filed/", "senior"),
    Page("settings-unwanted", "/settings/unwanted-mail/", "administrator"),
    Page(
        "reply-answers",
        "/inbox/",
        steps=(case_of(HEATING), go("reply/"), click("[data-answers]"), press("Shift")),
    ),
    Page("more", "/more/", "administrator"),
    Page("organisation", "/settings/organisation/", "administrator"),
    Page("colleagues", "/settings/people/", "administrator"),
    Page("colleague", "/settings/people/", "administrator", steps=(click("a.subject"),)),
    Page("invite", "/settings/people/invite/", "administrator"),
    Page("teams", "/settings/teams/", "administrator"),
    Page("team", "/settings/teams/", "administrator", steps=(click("a.list-link"),)),
    Page("team-new", "/settings/teams/new/", "administrator"),
    Page("authority", "/settings/authority/", "administrator"),
    Page("limits", "/settings/authority/agent/", "administrator"),
    Page("guidelines", "/settings/authority/agent/guidelines/", "administrator"),
    Page("tell-us", "/tell-us/", STRANGER),
    Page(
        "tell-us-wish",
        "/tell-us/",
        STRANGER,
        steps=(fill("textarea", STORY), click("button.primary")),
    ),
    Page(
        "tell-us-day",
        "/tell-us/",
        STRANGER,
        steps=(fill("textarea", STORY), click("button.primary"), go("../day/")),
    ),
    Page(
        "tell-us-reach",
        "/tell-us/",
        STRANGER,
        steps=(fill("textarea", STORY), click("button.primary"), go("../reach/")),
    ),
    Page(
        "tell-us-check",
        "/tell-us/",
        STRANGER,
        steps=(fill("textarea", STORY), click("button.primary"), go("../check/")),
    ),
    Page("find-my-case", "/find-my-case/lt/", STRANGER),
    Page("hours", "/settings/hours/", "manager"),
    Page("records", "/settings/records/", "manager"),
    Page("hours-year", "/settings/hours/year/", "manager"),
)
