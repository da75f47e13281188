"""One look into an account over POP3: mails are known by their UIDL, and stay unless chosen."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from amends.contacts.actions.fetching import Fetched, leave_there, note_waiting, store_fetched
from amends.contacts.channels.email.fetching import Clock, kept_of
from amends.contacts.channels.email.pop3 import PopAccount
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.queries.mailboxes import known_keys, left_there, to_try_again
from amends.contacts.rules.arriving import LARGEST_DELIVERED
from amends.contacts.rules.fetching import CannotFetch, Waiting
from amends.contacts.rules.mailboxes import Afterwards, Trouble


@dataclass(slots=True, kw_only=True)
class PopLook:
    """A look into an account. place: which account of which server it is."""

    mailbox: Mailbox
    place: str
    account: PopAccount
    files: Path
    clock: Clock

    def run(self, stopping: Event) -> None:
        """Fetch what is not known, until all is here or `stopping` is set. Raises CannotFetch."""
        present = self.account.waiting(self.place)
        known = known_keys(self.mailbox, [mail.key for mail in present])
        left = self._left_alone()
        new = [mail for mail in present if mail.key not in known and mail.key not in left]
        note_waiting(self.mailbox, waiting=len(new), listens=False, at=self.clock())
        for mail in new:
            if stopping.is_set():
                break
            if self._store(mail):
                known.add(mail.key)
        if self.mailbox.afterwards == Afterwards.DELETE:
            for mail in present:
                if mail.key in known:
                    self.account.delete(mail.uid)
        self.account.say_goodbye()

    def _left_alone(self) -> set[str]:
        again = {left.key for left in to_try_again(self.mailbox, at=self.clock())}
        return {left.key for left in left_there(self.mailbox)} - again

    def _store(self, mail: Waiting) -> bool:
        """Store `mail`, or leave it there where it cannot be; return whether it is stored."""
        fetched: list[Fetched] = []
        try:
            # What is too large is not begun: it would have to be heard to its end.
            pieces = self.account.pieces(mail.uid) if mail.size_bytes <= LARGEST_DELIVERED else []
            fetched = [Fetched(waiting=mail, kept=kept_of(pieces, mail, self.files))]
        except CannotFetch as problem:
            if problem.trouble is Trouble.STORAGE:
                raise
            leave_there(self.mailbox, mails=[mail], problem=problem, at=self.clock())
            if problem.trouble is not Trouble.TOO_LARGE or mail.size_bytes <= LARGEST_DELIVERED:
                # What the server still says belongs to this mail: nobody could follow it.
                raise
        store_fetched(self.mailbox, fetched=fetched, passed=1, up_to=0, at=self.clock())
        return bool(fetched)
