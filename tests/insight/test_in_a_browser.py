"""The report in a real browser: its length on paper, and that it asks for nothing."""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import threading
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


class Recorder(http.server.BaseHTTPRequestHandler):
    """Serves one page, and remembers what was asked for."""

    asked: list[str]
    body: bytes

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.mark.parametrize("style", ["applied", "refused"])
def test_nothing_but_the_page_is_asked_for_and_only_its_own_style_holds(tmp_path: Path, style: str) -> None:
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
    handler = type("Handler", (Recorder,), {"asked": [], "body": made.encode()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            shown = browse(tmp_path, "--dump-dom", f"http://127.0.0.1:{server.server_port}/card")
        finally:
            server.shutdown()
            thread.join()
    assert handler.asked == ["/card"]  # type: ignore[attr-defined]  # made just above
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    assert title[1] == "760px|rgb(26, 26, 26)|1|0"  # one script: the probe's own
