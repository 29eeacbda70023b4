"""The report in a real browser: its length on paper, and that it asks for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import HOSTILE, NOW, entry, month

from dbtcoach.insight import html
from dbtcoach.insight.report import report

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_month_is_printed_on_at_most_two_pages(tmp_path: Path) -> None:
    (tmp_path / "card.html").write_text(page(), "utf-8")
    target = tmp_path / "card.pdf"
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={target}", f"file://{tmp_path / 'card.html'}")
    pages = len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))
    assert 1 <= pages <= 2


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
