class DatabaseProblem(Exception):
    """Something about the database that only the person who runs Amends can put right.

    Its text is one sentence for that person: what is wrong and what to do.
    """
