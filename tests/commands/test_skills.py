"""``skills``: the list, the card, what is marked as mine, own last uses, paper and JSON."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from tests.insight.samples import NOW, entry, put
from tests.shell import home_of, run
from tests.sitting.locked import lock_home

from dbtcoach.commands import completing
from dbtcoach.commands.skills import MARKS
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.skills import MODULES, listed

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = len(listed(Catalogue(shipped_folder())))
CARD = "format: 1\ntitle: {title}\nmodule: mindfulness\nsummary: {title}\nwhat_for: w\nhow: [a, b, c]\n"
CARD += "not_when: n\nexample: e\nexercise: pause\n"


def own(folder: Path, name: str, text: str) -> None:
    skills = home_of(folder) / "exercises" / "skills"
    skills.mkdir(parents=True, exist_ok=True)
    (skills / f"{name}.yaml").write_text(text, "utf-8")


def test_the_list_has_a_line_for_each_that_fits_a_window_and_opens_no_card(tmp_path: Path) -> None:
    own(tmp_path, "broken", "title: Broken one\nmodule: mindfulness\n[[[")
    done = run(tmp_path, "skills")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.lower() for line in lines if line and not line.startswith(" ")] == list(MODULES)
    assert len([line for line in lines if line.startswith("  ")]) == NUMBER + 1
    assert max(map(len, lines)) < 80
    assert "Broken one" in done.stdout


def test_a_module_is_listed_alone(tmp_path: Path) -> None:
    done = run(tmp_path, "skills", "Emotion", "Regulation")
    assert done.stdout.startswith("Emotion regulation\n")
    assert "DEAR MAN" not in done.stdout


def test_a_card_in_a_pipe_says_all_of_it(tmp_path: Path) -> None:
    done = run(tmp_path, "skills", "opposite", "action")
    assert done.returncode == 0
    for words in (
        "Opposite action\n",
        "\nFor: ",
        "\n- ",
        "\nNot when: ",
        "\nExample: ",
        "dbtcoach express\n",
    ):
        assert words in done.stdout


def test_what_stands_in_a_file_of_ones_own_acts_on_no_terminal(tmp_path: Path) -> None:
    own(tmp_path, "evil", CARD.format(title="'[red]x[/] $(id) <b>'"))
    for arguments in (["skills"], ["skills", "evil"]):
        done = run(tmp_path, *arguments)
        assert "[red]x[/] $(id) <b>" in done.stdout
    done = run(tmp_path, "skills", "evil", "--print")
    assert "[red]x[/] $(id) &lt;b&gt;" in done.stdout
    own(tmp_path, "evil", CARD.format(title='"\\e[2J"'))
    done = run(tmp_path, "skills", "evil")
    assert done.returncode in (2, 3)
    assert "\x1b" not in done.stdout + done.stderr


def test_a_broken_card_breaks_only_itself_and_says_where(tmp_path: Path) -> None:
    own(tmp_path, "tea", CARD.format(title="Tea").replace("pause", "paus"))
    done = run(tmp_path, "skills", "tea")
    assert done.returncode == 3
    assert "tea.yaml:9:11: there is no exercise called 'paus'; did you mean 'pause'?" in done.stderr
    assert run(tmp_path, "skills", "stop").returncode == 0
    every = run(tmp_path, "skills", "--json")
    assert (every.returncode, len(json.loads(every.stdout))) == (0, NUMBER)
    assert "tea.yaml:9:11" in every.stderr
    assert run(tmp_path, "skills", "--print").returncode == 0
    checked = run(tmp_path, "exercises", "check")
    assert checked.returncode == 3
    assert "tea.yaml:9:11" in checked.stderr
    assert "tea.yaml" in run(tmp_path, "data", "check").stdout


def test_json_has_every_field_of_every_card(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "skills", "--json").stdout)
    assert len(found) == NUMBER
    fields = {
        "name", "title", "module", "summary", "also", "what_for", "how", "not_when", "example",
        "exercise", "own", "mine",
    }  # fmt: skip
    assert all(set(each) == fields for each in found)
    (dear_man,) = [each for each in found if each["name"] == "dear-man"]
    assert json.loads(run(tmp_path, "skills", "dearman", "--json").stdout) == dear_man
    assert dear_man["own"] is dear_man["mine"] is False


class Page(HTMLParser):
    """Counts the cards on each sheet, and what could reach out of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[int] = []
        self.titles: list[str] = []
        self.reaching: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.within = tag
        if tag == "section":
            self.sheets.append(0)
        if tag == "article":
            self.sheets[-1] += 1
        if tag in ("script", "img", "iframe", "a") or any(name == "src" for name, _ in attrs):
            self.reaching.append(tag)

    def handle_data(self, data: str) -> None:
        if self.within == "h2" and data.strip():
            self.titles.append(data)


def test_paper_has_four_cards_on_a_sheet_and_reaches_nowhere(tmp_path: Path) -> None:
    page = Page()
    page.feed(run(tmp_path, "skills", "--print").stdout)
    assert page.sheets[:-1] == [4] * (NUMBER // 4)
    assert sum(page.sheets) == NUMBER == len(page.titles)
    assert page.reaching == []
    one = Page()
    one.feed(run(tmp_path, "skills", "stop", "--print").stdout)
    assert one.titles == ["STOP"]


def test_mine_is_kept_in_the_settings_and_comes_first(tmp_path: Path) -> None:
    config = home_of(tmp_path) / "config.yaml"
    home_of(tmp_path).mkdir(parents=True)
    config.write_text("# mine\ncountry: IE\n", "utf-8")
    assert run(tmp_path, "skills", "wise", "mind", "--mine").returncode == 0
    assert run(tmp_path, "skills", "tipp", "--mine").returncode == 0
    assert config.read_text("utf-8") == "# mine\ncountry: IE\nskills: [wise-mind, tipp]\n"
    listed = run(tmp_path, "skills")
    assert listed.stdout.splitlines()[1].startswith("* Wise mind")
    assert MARKS in listed.stderr
    mine = run(tmp_path, "skills", "--mine").stdout
    assert [line[:8] for line in mine.splitlines() if line.startswith("*")] == ["* Wise m", "* TIPP  "]
    config.write_text(f"{config.read_text('utf-8')}shared: true\n", "utf-8")
    for arguments, marks in (((), 0), (("--mine",), 2)):  # where others look on, only when asked
        assert run(tmp_path, "skills", *arguments).stdout.count("* ") == marks
    config.write_text(config.read_text("utf-8").replace("shared: true\n", ""), "utf-8")
    assert run(tmp_path, "skills", "wise-mind", "--not-mine").returncode == 0
    assert run(tmp_path, "skills", "tipp", "--not-mine").returncode == 0
    assert config.read_text("utf-8") == "# mine\ncountry: IE\nskills: []\n"
    assert MARKS not in run(tmp_path, "skills").stderr
    assert run(tmp_path, "skills", "--not-mine").returncode == 2


@pytest.mark.parametrize("text", ["save: false\n", "skills:\n  - stop\n"])
def test_what_cannot_be_marked_is_told_and_nothing_is_changed(tmp_path: Path, text: str) -> None:
    config = home_of(tmp_path) / "config.yaml"
    home_of(tmp_path).mkdir(parents=True)
    config.write_text(text, "utf-8")
    done = run(tmp_path, "skills", "tipp", "--mine")
    assert done.returncode == 2
    assert "could not be marked" in done.stderr
    assert config.read_text("utf-8") == text


def test_own_last_uses_are_raw_numbers_and_not_for_others(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    home.parent.mkdir(parents=True)
    numbers = [(9, 9), (8, 4), (7, 7), (6, None), (5, 3)]  # the newest last
    entries = [entry("express", NOW, distress=pair) for pair in numbers]
    entries += [entry("reflect", NOW, answers={"skills": {"opposite-action": 5, "ground": 2}})]
    put(home, entries)
    told = "Your last times: distress 5 → 3, 7 → 7, 8 → 4; in check-ins 5\n"
    assert told in run(tmp_path, "skills", "opposite-action").stdout
    assert "distress 5 → 3, 7 → 7, 8 → 4\n" in run(tmp_path, "skills", "name-it").stdout
    assert "last times" not in run(tmp_path, "skills", "tipp").stdout
    (home / "config.yaml").write_text("shared: true\n", "utf-8")
    assert "last times" not in run(tmp_path, "skills", "opposite-action").stdout
    (home / "config.yaml").unlink()
    lock_home(home)
    done = run(tmp_path, "skills", "opposite-action")
    assert "last times" not in done.stdout
    assert "assphrase" not in done.stderr


def test_tab_offers_names_that_need_no_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBTCOACH_HOME", str(tmp_path))
    folder = tmp_path / "exercises" / "skills"
    folder.mkdir(parents=True)
    (folder / "opus.yaml").write_text("title: T\nsummary: $(id) `id`\n", "utf-8")
    assert completing.skills("op") == [
        ("opposite-action", "Do the reverse of what the feeling wants."),
        ("opus", "(id) id"),
    ]
    assert ("opposite-action", "Do the reverse of what the feeling wants.") in completing.skills("Opposite a")
    assert len(completing.skills("")) == NUMBER + 1


def test_it_works_without_a_home_folder(tmp_path: Path) -> None:
    for arguments in (["skills"], ["skills", "stop"], ["skills", "stop", "--json"]):
        done = run(tmp_path, *arguments, env={"HOME": str(tmp_path / "gone")}, known=False)
        assert done.returncode == 0, done.stderr
