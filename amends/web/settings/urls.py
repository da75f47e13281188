from django.urls import path

from amends.web.settings import authority, colleagues, hours, house, procedures, rights, tags, teams

urlpatterns = [
    path("more/", house.more, name="more"),
    path("settings/lists/", rights.lists, name="settings-lists"),
    path("settings/lists/<int:pk>/close/", rights.close, name="settings-list-close"),
    path("settings/outside-bodies/", rights.bodies, name="settings-bodies"),
    path("settings/outside-bodies/new/", rights.body, name="settings-body-new"),
    path("settings/outside-bodies/<int:pk>/", rights.body, name="settings-body"),
    path("settings/tags/", tags.tags, name="settings-tags"),
    path("settings/tags/new/", tags.tag, name="settings-tag-new"),
    path("settings/tags/<int:pk>/", tags.tag, name="settings-tag"),
    path("settings/tags/<int:pk>/retire/", tags.retire, name="settings-tag-retire"),
    path("settings/tags/<int:pk>/join/", tags.join, name="settings-tag-join"),
    path("settings/organisation/", house.house, name="settings-organisation"),
    path("settings/people/", colleagues.colleagues, name="settings-colleagues"),
    path("settings/people/invite/", colleagues.invite, name="settings-invite"),
    path("settings/people/<int:pk>/", colleagues.colleague, name="settings-colleague"),
    path("settings/people/<int:pk>/invite/", colleagues.invite_again, name="settings-invite-again"),
    path("settings/people/<int:pk>/end/", colleagues.end, name="settings-colleague-end"),
    path("settings/people/<int:pk>/back/", colleagues.welcome_back, name="settings-colleague-back"),
    path("settings/teams/", teams.teams, name="settings-teams"),
    path("settings/teams/new/", teams.new_team, name="settings-team-new"),
    path("settings/teams/<int:pk>/", teams.team, name="settings-team"),
    path("settings/teams/<int:pk>/end/", teams.end_team, name="settings-team-end"),
    path("settings/departments/new/", teams.new_department, name="settings-department-new"),
    path("settings/departments/<int:pk>/", teams.department, name="settings-department"),
    path(
        "settings/departments/<int:pk>/end/", teams.end_department, name="settings-department-end"
    ),
    path("settings/procedures/", procedures.procedures, name="settings-procedures"),
    path("settings/procedures/<slug:kind>/", procedures.procedure, name="settings-procedure"),
    path("settings/hours/", hours.house_hours, name="settings-hours"),
    path("settings/hours/<int:pk>/", hours.team_hours, name="settings-hours-team"),
    path("settings/hours/<int:pk>/house/", hours.as_the_house, name="settings-hours-house"),
    path("settings/authority/", authority.authority, name="settings-authority"),
    path("settings/authority/<slug:role>/", authority.limits, name="settings-limits"),
    path(
        "settings/authority/<slug:role>/guidelines/",
        authority.guidelines,
        name="settings-guidelines",
    ),
]
