"""Views that colleagues keep: one of Grace's that everybody sees, and what Milda has at hand."""

from amends.cases.actions.views import Sharing, pin_view, save_view, share_view
from amends.cases.models.fields import CustomField
from amends.cases.rules.shipped import Shipped
from amends.cases.rules.views import Column, Filter, Look, Match, Shared, field_name
from config.demonstration.stage import Stage


def tell(on: Stage) -> None:
    """Keep a view, share it, and have some at hand."""
    grace, milda = on.who("grace"), on.who("milda")
    at = on.moments.lately()
    district = field_name(CustomField.objects.filter(type="one-of").earliest("pk").pk)
    known = Filter(district, Match.THERE)
    columns = (Column.DUE.value, Column.NEXT.value, district, Column.OWNER.value)
    view = save_view(None, name="By district", look=Look((known,), columns), by=grace, at=at)
    share_view(view, sharing=Sharing(shared=Shared.ALL), by=grace, at=at)
    own = Look((Filter("owner", Match.IS, ("me",)), Filter("due", Match.WITHIN, ("2",))))
    save_view(None, name="Mine, in two days", look=own, by=milda, at=at)
    for each in (Shipped.ANGRY_AND_UNANSWERED, view):
        pin_view(each, by=milda, at=at)
