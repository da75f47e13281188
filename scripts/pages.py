"""The pages of the demonstration that are pictured and walked: add a page here when it is built.

A page whose address depends on the data is reached as a person reaches it: from `path` by `follow`,
selectors of links that are followed one after the other.
"""

from dataclasses import dataclass

STRANGER = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its picture's name, where it starts, who looks, and which links lead there."""

    name: str
    path: str
    role: str = "agent"
    follow: tuple[str, ...] = ()


PAGES = (
    Page("sign-in", "/sign-in/", STRANGER),
    Page("password", "/password/forgotten/", STRANGER),
    Page("profile", "/profile/"),
    Page("first-minutes", "/first-five-minutes/"),
    Page("my-day", "/"),
    Page("find", "/find/?q=a"),
    Page("tell-us", "/tell-us/", STRANGER),
    Page("find-my-case", "/find-my-case/lt/", STRANGER),
    Page("customer-new", "/customers/new/"),
    Page("more", "/more/", "administrator"),
    Page("organisation", "/settings/organisation/", "administrator"),
    Page("teams", "/settings/teams/", "administrator"),
    Page("authority", "/settings/authority/", "administrator"),
    Page("limits", "/settings/authority/agent/", "administrator"),
    Page("inbox", "/inbox/"),
    Page("case", "/inbox/", follow=("a.subject",)),
    Page("new-contact", "/contact/new/"),
    Page("help", "/help/"),
    Page("inbox-team", "/inbox/?which=team", "senior"),
    Page("outgoing-mail", "/outgoing-mail/", "senior"),
    Page("promises", "/promises/"),
    Page("call", "/contact/new/?channel=telephone"),
    Page("letter", "/contact/new/?channel=letter"),
    Page("customers", "/customers/"),
    Page("customer", "/customers/", follow=("a.subject",)),
    Page("customer-edit", "/customers/", follow=("a.subject", 'a[href$="/edit/"]')),
    Page("customer-need", "/customers/", follow=("a.subject", 'a[href$="/needs/"]')),
    Page("colleagues", "/settings/people/", "administrator"),
    Page("colleague", "/settings/people/", "administrator", follow=("a.subject",)),
    Page("team", "/settings/teams/", "administrator", follow=("a.list-link",)),
    Page("guidelines", "/settings/authority/agent/guidelines/", "administrator"),
)
