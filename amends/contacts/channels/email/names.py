"""What the DNS tells under a name. Nothing here raises."""

import dns.exception
import dns.resolver

PATIENCE_SECONDS = 5.0


def texts_at(name: str) -> list[str] | None:
    """Return the texts (TXT) under `name`, each as a whole; None where nobody answers."""
    try:
        resolver = dns.resolver.get_default_resolver()
        found = resolver.resolve(name, "TXT", lifetime=PATIENCE_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError):
        return None
    return [b"".join(each.strings).decode("utf-8", "replace") for each in found]
