"""How many files somebody without an account may send at a time, and how large. Pure."""

MOST_FILES = 5
MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
