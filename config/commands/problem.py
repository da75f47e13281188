class CannotGoOn(Exception):
    """Why a command stops here; its text is one sentence for the person at the terminal."""
