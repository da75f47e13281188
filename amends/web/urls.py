"""Every page of the staff; each package names its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("amends.web.approvals.urls")),
    path("", include("amends.web.coach.urls")),
    path("", include("amends.web.day.urls")),
    path("", include("amends.web.entry.urls")),
    path("", include("amends.web.finding.urls")),
    path("", include("amends.web.notices.urls")),
    path("", include("amends.web.settings.urls")),
    path("away/", include("amends.web.away.urls")),
    path("bulk/", include("amends.web.bulk.urls")),
    path("cases/", include("amends.web.bundles.urls")),
    path("", include("amends.web.live.urls")),
    path("cases/", include("amends.web.cases.urls")),
    path("cases/", include("amends.web.machine.urls")),
    path("contact/", include("amends.web.sheet.urls")),
    path("customers/", include("amends.web.people.urls")),
    path("help/", include("amends.web.help.urls")),
    path("incoming-mail/", include("amends.web.incoming.urls")),
    path("inbox/", include("amends.web.inbox.urls")),
    path("mail/", include("amends.web.original.urls")),
    path("outgoing-mail/", include("amends.web.outgoing.urls")),
    path("", include("amends.web.papers.urls")),
    path("returns/", include("amends.web.returns.urls")),
    path("standards/", include("amends.web.standards.urls")),
    path("to-do/", include("amends.web.todos.urls")),
    path("views/", include("amends.web.lists.urls")),
    path("promises/", include("amends.web.promises.urls")),
]
