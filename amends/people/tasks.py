from amends.base.due import Due, sweep
from amends.people.actions.needs import forget_expired_need
from amends.people.queries import expired_needs

sweep(
    Due(
        name="people.need_expires",
        rows=expired_needs,
        act=forget_expired_need,
    )
)
