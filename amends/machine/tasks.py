from amends.base.due import Due, sweep
from amends.machine.actions import forget_asked
from amends.machine.queries import expired_asked

sweep(
    Due(
        name="machine.asked_is_forgotten",
        rows=expired_asked,
        act=forget_asked,
    )
)
