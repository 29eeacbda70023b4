"""What terminals send: keys by name, and answers and reports that nobody typed."""

from __future__ import annotations

ESC = "\x1b"
_MODIFIERS = {2: "Shift-", 3: "Alt-", 4: "Alt-Shift-", 5: "Ctrl-", 6: "Ctrl-Shift-", 7: "Ctrl-Alt-"}
_ARROWS = {"A": "Up", "B": "Down", "C": "Right", "D": "Left", "H": "Home", "F": "End"}
_TILDES = {1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown", 7: "Home", 8: "End"}
_NAMED_CONTROLS = {
    "\0": "Ctrl-Space", "\x08": "Backspace", "\t": "Tab", "\n": "Ctrl-J", "\r": "Enter", "\x1f": "Ctrl-_",
}  # fmt: skip


def controls() -> dict[str, str]:
    """Return every Ctrl-key."""
    return {
        chr(code): _NAMED_CONTROLS.get(chr(code), f"Ctrl-{chr(code + 64)}")
        for code in range(32)
        if code != 27
    } | {"\x7f": "Backspace"}


def alts() -> dict[str, str]:
    """Return every Alt-key that is no beginning of something longer."""
    found = {
        f"{ESC}{chr(code)}": f"Alt-{chr(code).upper()}"
        for code in range(33, 127)
        if chr(code) not in "[O]P_^"
    }
    found |= {f"{ESC}{letter}": f"Alt-Shift-{letter}" for letter in "ABCDEFGHIJKLMNQRSTUVWXYZ"}
    return found | {f"{ESC}\r": "Alt-Enter", f"{ESC}\n": "Alt-Enter", f"{ESC}\x7f": "Alt-Backspace"}


def others() -> dict[str, str]:
    """Return arrows, function keys and the rest, alone and with Shift, Alt and Ctrl, in every encoding."""
    found = {f"{ESC}[{final}": name for final, name in _ARROWS.items()}
    found |= {f"{ESC}O{final}": name for final, name in _ARROWS.items()}
    found |= {f"{ESC}[{number}~": _TILDES.get(number, f"F{number}") for number in range(1, 35)}
    found |= {f"{ESC}O{final}": f"F{number}" for number, final in enumerate("PQRS", 1)}
    found |= {f"{ESC}[[{final}": f"F{number}" for number, final in enumerate("ABCDE", 1)}
    found |= {f"{ESC}[Z": "Shift-Tab", f"{ESC}OM": "Enter"}
    for code, held in _MODIFIERS.items():
        found |= {f"{ESC}[1;{code}{final}": held + name for final, name in _ARROWS.items()}
        found |= {f"{ESC}[1;{code}{final}": f"{held}F{number}" for number, final in enumerate("PQRS", 1)}
        found |= {
            f"{ESC}[{number};{code}~": held + _TILDES.get(number, f"F{number}") for number in range(1, 25)
        }
        found |= {f"{ESC}[13;{code}u": f"{held}Enter", f"{ESC}[27;{code};13~": f"{held}Enter"}
        found |= {f"{ESC}[9;{code}u": f"{held}Tab"}
    for letter in "abcdefghijklmnopqrstuvwxyz":
        name = _NAMED_CONTROLS.get(chr(ord(letter) - 96), f"Ctrl-{letter.upper()}")
        found |= {f"{ESC}[{ord(letter)};5u": name, f"{ESC}[27;5;{ord(letter)}~": name}
        found |= {f"{ESC}[{ord(letter)};3u": f"Alt-{letter.upper()}"}
        found |= {f"{ESC}[{ord(letter)};5:3u": ""}  # let go
    return found


ANSWERS = (
    f"{ESC}[?62;22c",  # DA1
    f"{ESC}[?1;2c",
    f"{ESC}[>41;354;0c",  # DA2
    f"{ESC}P!|00000000{ESC}\\",  # DA3
    f"{ESC}[24;80R",  # CPR
    f"{ESC}[?24;80R",
    f"{ESC}[0n",
    f"{ESC}]10;rgb:ffff/ffff/ffff{ESC}\\",
    f"{ESC}]11;rgb:0000/2b2b/3636\x07",
    f"{ESC}]4;1;rgb:cdcd/0000/0000{ESC}\\",
    f"{ESC}]52;c;d29yZHM={ESC}\\",
    f"{ESC}P>|tmux 3.4{ESC}\\",  # XTVERSION
    f"{ESC}P>|XTerm(390){ESC}\\",
    f"{ESC}P1$r0m{ESC}\\",
    f"{ESC}P1+r544e=787465726d{ESC}\\",
    f"{ESC}[?2026;2$y",
    f"{ESC}[?0u",
    f"{ESC}_Gi=31;OK{ESC}\\",
    f"{ESC}^private{ESC}\\",
    f"{ESC}[4;768;1024t",
    f"{ESC}[8;24;80t",
    f"{ESC}[I",  # focus
    f"{ESC}[O",
    f"{ESC}[<0;10;5M",  # the mouse
    f"{ESC}[<0;10;5m",
    f"{ESC}[<64;10;5M",
    f"{ESC}[<35;11;5M",
    f"{ESC}[32;10;5M",
    f"{ESC}[M *%",
    f"{ESC}[M#2y",
    ESC,
)


def every() -> dict[str, str]:
    """Return everything, each with the name of its key, or an empty one where nobody pressed any."""
    return {**controls(), **alts(), **others(), **dict.fromkeys(ANSWERS, "")}
