"""What a promise says. Pure."""


def promised(text: str) -> str:
    """Return what is promised on one line, without the full stop: the moment follows it."""
    line = " ".join(text.split())
    return line.removesuffix(".") if not line.endswith("..") else line


def said_whole(what: str, by: str) -> str:
    """Return the one sentence of a promise: what, and `by` when."""
    return f"{what} {by}."


def ended_once(text: str) -> str:
    """Return a sentence that ends once: in some languages a date brings a full stop of its own."""
    twice = text.endswith("..") and not text.endswith("...")
    return text.removesuffix(".") if twice else text


def spelled(reference: str) -> str:
    """Return a reference symbol by symbol, as it is read aloud: `C, 7, K, 4, ...`."""
    return ", ".join(symbol for symbol in reference if symbol.isalnum())
