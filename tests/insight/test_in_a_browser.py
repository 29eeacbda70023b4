"""The report in a real browser: its length on paper, and that it asks for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import HOSTILE, NOW, entry, month
from tests.sitting.world import world

from dbtcoach.commands.exercises.print import paper
from dbtcoach.insight import html, sheet_page, week_sheet
from dbtcoach.insight.report import notes, report
from dbtcoach.insight.week_card import week_card
from dbtcoach.sitting.rows import MOST_SKILLS
from dbtcoach.world.own_rows import MOST

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Json

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing of the browser's own goes out either
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine: apt-get install chromium"),
]


def browse(folder: Path, *arguments: str) -> str:
    """Run the browser with a profile of its own and return what it printed."""
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def page(*, with_words: bool = False) -> str:
    hostile = entry("reflect", NOW, answers={"good": HOSTILE, "emotions": {HOSTILE: 3}}, title=HOSTILE)
    entries = [*month(), hostile] if with_words else month()
    span = (NOW.date() - timedelta(days=29), NOW.date())
    return html.page(report(entries, span, lambda _: {}, with_words=with_words), "23 Nov 2026")


def pages(folder: Path, made: str) -> int:
    """Return on how many pages this is printed."""
    (folder / "card.html").write_text(made, "utf-8")
    target = folder / "card.pdf"
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={target}", f"file://{folder / 'card.html'}")
    return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))


def test_a_month_is_printed_on_at_most_two_pages(tmp_path: Path) -> None:
    assert 1 <= pages(tmp_path, page()) <= 2


@pytest.mark.parametrize(("rows", "skills"), [(8, 5), (MOST, MOST_SKILLS)])
def test_every_column_of_a_month_is_on_the_paper(tmp_path: Path, rows: int, skills: int) -> None:
    own: dict[str, Json] = {f"A name of thirty letters, or {number}": 10 for number in range(rows)}
    used: dict[str, Json] = {f"skill-{number}": 7 for number in range(skills)}
    entries = [entry("reflect", NOW, answers={"emotions": own, "skills": used})]
    made = html.page(report(entries, (NOW.date(), NOW.date()), lambda _: {}, with_words=False), "x")
    # As wide as A4 within its margins, with the rules for paper; a script tells how wide the table is.
    probe = "document.title = document.querySelector('.card table').offsetWidth"
    made = re.sub("<meta http-equiv[^>]*>", "", made)
    made = made.replace("@media print", "@media all").replace("max-width: none", "width: 688px")
    made = made.replace("</html>", f"<script>{probe}</script></html>")
    (tmp_path / "card.html").write_text(made, "utf-8")
    shown = browse(tmp_path, "--window-size=1000,800", "--dump-dom", f"file://{tmp_path / 'card.html'}")
    title = re.search(r"<title>(\d+)</title>", shown)
    assert title is not None
    assert int(title[1]) <= 688


def test_each_week_is_one_page_and_what_was_written_stands_behind_them(tmp_path: Path) -> None:
    ends = [NOW.date() - timedelta(days=7 * back) for back in (2, 1, 0)]
    weeks = [(week_card(month(), end, ()), ()) for end in ends]
    assert pages(tmp_path, week_sheet.filled(weeks, "23 Nov 2026")) == len(weeks)
    said = list(notes(month(21), lambda _: {}))
    assert pages(tmp_path, week_sheet.filled(weeks, "23 Nov 2026", said)) == len(weeks) + 1


@pytest.mark.parametrize(("name", "most"), [("ground", 2), ("dear-man", 2), ("reflect", 1)])
def test_an_exercise_is_printed_on_a_page_or_two(tmp_path: Path, name: str, most: int) -> None:
    assert pages(tmp_path, sheet_page.page(name, paper(world(tmp_path), name))) <= most


@pytest.mark.parametrize("style", ["applied", "refused"])
def test_it_loads_nothing_and_only_its_own_style_holds(tmp_path: Path, style: str) -> None:
    made = page(with_words=True)
    if style == "refused":  # somebody's style in the page: the policy must not let it in
        made = made.replace("</body>", "<style>body { color: rgb(1, 2, 3) }</style></body>")
    # The page's own script tells what the browser made of it; the policy is widened for it alone.
    probe = (
        "document.title = [getComputedStyle(document.body).maxWidth, getComputedStyle(document.body).color,"
        "document.scripts.length, performance.getEntriesByType('resource').length].join('|')"
    )
    made = made.replace("default-src 'none';", "default-src 'none'; script-src 'nonce-probe';")
    made = made.replace("</html>", f'<script nonce="probe">{probe}</script></html>')
    (tmp_path / "card.html").write_text(made, "utf-8")
    shown = browse(tmp_path, "--dump-dom", f"file://{tmp_path / 'card.html'}")
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    assert title[1] == "760px|rgb(26, 26, 26)|1|0"  # one script: the probe's own


@pytest.mark.parametrize("guarded", [True, False])
def test_the_policy_stops_what_somebody_puts_into_the_page(tmp_path: Path, guarded: bool) -> None:  # noqa: FBT001
    made = page(with_words=True).replace("</body>", '<img src="http://elsewhere.invalid/x.png"></body>')
    if not guarded:  # the control: without the policy, the browser's log does name the address
        made = made.replace("Content-Security-Policy", "Something-Else")
    (tmp_path / "card.html").write_text(made, "utf-8")
    log = tmp_path / "net.json"
    browse(tmp_path, f"--log-net-log={log}", "--dump-dom", f"file://{tmp_path / 'card.html'}")
    assert ("elsewhere.invalid" in log.read_text("utf-8")) is not guarded
