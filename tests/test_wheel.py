"""The built wheel, installed where nothing of the checkout is in reach, has its exercises inside.

An editable install reads the exercises of the checkout, so only this test sees that they are shipped.
The new environment takes the dependencies of the one that runs the tests (a ``.pth`` file names its
site-packages): nothing is downloaded, so it works offline and in seconds. The program itself comes from
the wheel, because a folder of the new environment is looked at before what its ``.pth`` files name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built with the Hatchling that is installed here."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("dbtcoach-*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the console script of a fresh environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python),
            "install",
            "--no-deps",
            "--no-index",
            "-q",
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    [site] = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return folder / "bin" / "dbtcoach"


def run(program: Path, folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    env = {"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run(
        [program, *arguments],
        input=typed,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_wheel_holds_every_exercise_and_its_data(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dbtcoach/exercises/")}
    there = {
        f"dbtcoach/{path.relative_to(CHECKOUT)}"
        for path in (CHECKOUT / "exercises").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == there
    assert "dbtcoach/exercises/pause.yaml" in inside
    assert "dbtcoach/exercises/data/lines.yaml" in inside


def test_the_wheel_holds_no_tests_and_no_person(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith(("dbtcoach/", "dbtcoach-")) for name in names)
    assert not any("journal.json" in name or "/drafts/" in name for name in names)
    assert any(name.endswith("py.typed") for name in names)
    assert any(name.endswith("LICENSE") for name in names)


def test_the_manual_page_is_where_man_looks(wheel: Path, program: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.endswith("/data/share/man/man1/dbtcoach.1")]
    installed = program.parent.parent / "share" / "man" / "man1" / "dbtcoach.1"
    assert installed.read_text("utf-8") == (CHECKOUT / "docs" / "dbtcoach.1").read_text("utf-8")


def test_the_program_is_the_one_of_the_wheel(program: Path, tmp_path: Path) -> None:
    python = program.parent / "python"
    show = "import dbtcoach.script.catalogue as c; print(c.__file__); print(c.shipped_folder())"
    done = subprocess.run([python, "-c", show], cwd=tmp_path, capture_output=True, text=True, check=True)
    module, exercises = map(Path, done.stdout.split("\n")[:2])
    assert module.is_relative_to(program.parent.parent)
    assert exercises == module.parent.parent / "exercises"


def test_the_exercises_of_the_wheel_are_right(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "exercises", "check")
    assert done.returncode == 0, done.stderr
    assert "No problems." in done.stdout


def test_help_now_shows_its_lines(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "help-now", "--country", "GB")
    assert done.returncode == 0, done.stderr
    assert "999" in done.stdout
    assert "116 123" in done.stdout


def test_an_exercise_of_the_wheel_is_played_and_kept(program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "pause", "--answers", "-", "--json", typed="before: 3\n")
    assert done.returncode == 0, done.stderr
    assert '"value":3' in done.stdout
    assert (tmp_path / ".local" / "share" / "dbtcoach" / "journal.json").exists()


def test_the_version_is_the_one_that_was_built(wheel: Path, program: Path, tmp_path: Path) -> None:
    done = run(program, tmp_path, "--version")
    assert done.stdout == f"dbtcoach {wheel.name.split('-')[1]}\n"
