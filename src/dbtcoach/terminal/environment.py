"""What the environment says about showing things: read before the first words, so it imports nothing."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_OFF = ("", "0", "false", "no", "off")
_PLAIN = ("DBTCOACH_PLAIN", "ACCESSIBLE")
_ASCII = ("C", "POSIX")
_COERCED = ("", "C.UTF-8", "C.utf8", "UTF-8")  # what Python puts in LC_CTYPE when it finds LANG=C


def wants_plain(env: "Mapping[str, str]") -> bool:
    """Say whether the environment asks for line mode; ``0`` and ``false`` do not."""
    return any(env.get(name, "").strip().lower() not in _OFF for name in _PLAIN)


def wants_ascii(env: "Mapping[str, str]") -> bool:
    """Say whether the locale is C or POSIX by name: then nothing but ASCII is to be shown.

    Python itself takes it for UTF-8 then. Where no locale is set at all, so do we; and where somebody has
    told Python an encoding, that holds.
    """
    if env.get("PYTHONIOENCODING") or env.get("PYTHONUTF8"):
        return False
    if env.get("LC_ALL"):
        return env["LC_ALL"] in _ASCII
    ctype = env.get("LC_CTYPE", "")
    return ctype in _ASCII or (env.get("LANG") in _ASCII and ctype in _COERCED)
