"""The tables of the coach page, from the rules: ``python -m docs.rule_tables docs/coach.md``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.coach.load import load
from dbtcoach.coach.rules import Rule
from dbtcoach.script.catalogue import shipped_folder
from dbtcoach.sitting.rule_loading import rule_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.rules import Ruled

_TABLE = re.compile(
    r"(<!-- rules: (drafts|replies|apologies|danger|praise) -->\n).*?(<!-- end -->\n)", re.DOTALL
)
_REMARKED = re.compile(r"^((?: *# .*\n)+) *- id: (\S+)", re.MULTILINE)
HEAD = "| rule | says | hears | speaks about | leaves alone |\n|---|---|---|---|---|\n"


def with_tables(page: str) -> str:
    """Return a page with every table between its marks as the shipped rules of today give it."""
    files = rule_files(shipped_folder() / "coach")
    rules = load(files)
    remarks = {
        identity: " ".join(line.strip(" #") for line in lines.splitlines())
        for _name, content in files
        for lines, identity in _REMARKED.findall(content.decode())
    }
    tables: dict[str, Sequence[Ruled]] = {
        "drafts": [rule for rule in rules.rules if rule.kinds != ("apology",) and "reply" not in rule.kinds],
        "replies": [rule for rule in rules.rules if "reply" in rule.kinds],
        "apologies": [rule for rule in rules.rules if rule.kinds == ("apology",)],
        "danger": rules.dangers,
        "praise": rules.praises,
    }

    def table(found: re.Match[str]) -> str:
        rows = (_row(one, remarks.get(one.id, "")) for one in tables[found[2]])
        return f"{found[1]}{HEAD}{''.join(rows)}{found[3]}"

    return _TABLE.sub(table, page)


def _row(one: Ruled, hears: str) -> str:
    """Return a row; the remark above a rule in its file says what it hears."""
    says = f"{one.label}, {one.level}" if isinstance(one, Rule) else one.says
    cells = (f"`{one.id}`", says, hears, one.fails[0], one.passes[0])
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(with_tables(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
