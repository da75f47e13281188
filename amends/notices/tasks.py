from amends.base.due import Due, sweep
from amends.notices.actions.digests import send_digest
from amends.notices.actions.letters import send_notice
from amends.notices.actions.telling import forget_notice, warn_of_promise
from amends.notices.queries.telling import (
    digests_to_leave,
    mails_to_leave,
    notices_to_forget,
    promises_to_warn_of,
)

sweep(
    Due(
        name="notices.mail_leaves",
        rows=mails_to_leave,
        act=lambda notice, at: send_notice(notice, at=at),
    )
)
sweep(
    Due(
        name="notices.digest_leaves",
        rows=digests_to_leave,
        act=lambda habits, at: send_digest(habits, at=at),
    )
)
sweep(
    Due(
        name="notices.promise_falls_due",
        rows=promises_to_warn_of,
        act=lambda promise, at: warn_of_promise(promise, at=at),
        locks=("self", "case"),
    )
)
sweep(
    Due(
        name="notices.old_are_forgotten",
        rows=notices_to_forget,
        act=lambda notice, at: forget_notice(notice, at=at),
    )
)
