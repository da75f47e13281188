class DatabaseProblem(Exception):
    """Something about the database that only the person who runs Amends can put right.

    Its text is one sentence for that person: what is wrong and what to do.
    """


FULL_DISK = "The disk is full: make room and start again."
_SIGNS_OF_A_FULL_DISK = ("No space left on device", "File too large", "File size limit exceeded")


def is_full_disk(said: str) -> bool:
    """Return whether a program of PostgreSQL says, in English, that there is no room."""
    return any(sign in said for sign in _SIGNS_OF_A_FULL_DISK)
