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
        act=send_notice,
    )
)
sweep(
    Due(
        name="notices.digest_leaves",
        rows=digests_to_leave,
        act=send_digest,
    )
)
sweep(
    Due(
        name="notices.promise_falls_due",
        rows=promises_to_warn_of,
        act=warn_of_promise,
        locks=("self", "case"),
    )
)
sweep(
    Due(
        name="notices.old_are_forgotten",
        rows=notices_to_forget,
        act=forget_notice,
    )
)
