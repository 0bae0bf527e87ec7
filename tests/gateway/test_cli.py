"""What does each command do, as its user sees it?"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import re
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from index.importing import ADVICE
from tests.service import COMMAND, ROOT, broadsheet, environment, running

FLAT = """ADVERTISEMENT
Tuesday, March 4, 2025

Harbour Council Approves the Northern Breakwater

After two years of hearings the council voted on February 27 to build the breakwater.

What the council decided

The plan rests on three measures:

  • A fund for the fishing fleet
  • Night work only outside the breeding season
MeasureLead OfficeDeadline
Fleet FundTreasuryQ3 2025
Night WorkPort AuthorityOngoing

MeasureLead OfficeDeadline
Fleet FundTreasuryQ3 2025
Night WorkWhat Happens Next

Construction starts in the autumn.

ADVERTISEMENT
Ada Kerr

Ada Kerr

Covers ports and the people who work in them.

Categories

Archives

1 - 2 - 3 - 4
"""


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of four sources, one of them bad."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "flat.txt").write_text(FLAT, encoding="utf-8")
    (folder / "note.md").write_text(
        "---\ntitle: A note\ndate: 2024-05-06T23:30:00-05:00\ntags: [ports]\n---\n\n## Why\n\nBecause of *ferries*.\n", encoding="utf-8"
    )
    (folder / "records.jsonl").write_text(
        '{"title": "One", "text": "First."}\n{"title": broken\n{"title": "Two", "html": "<p>Second.</p>"}\n', encoding="utf-8"
    )
    (folder / "page.html").write_text(
        "<!doctype html><title>A page</title><nav>Home</nav><article><h1>A page</h1><p>Some words about turbot, enough to be read.</p></article>",
        encoding="utf-8",
    )
    return folder


def test_an_import_reports_each_outcome_and_the_rest_lands(pile: Path, tmp_path: Path) -> None:
    """A bad line is named with file, line and reason; a second import changes nothing and says so."""
    home = tmp_path / "home"
    first = broadsheet("import", pile, home=home)
    assert first.returncode == 1
    assert first.stdout.splitlines()[-1] == "5 created, 0 updated, 0 unchanged, 1 rejected"
    assert f"rejected: {pile}/records.jsonl:2: " in first.stderr
    second = broadsheet("import", pile, home=home)
    assert second.stdout.splitlines()[-1] == "0 created, 0 updated, 5 unchanged, 1 rejected"
    (pile / "note.md").write_text("---\ntitle: A note\n---\nChanged.\n", encoding="utf-8")
    assert (
        broadsheet("import", pile, "--dry-run", home=home).stdout.splitlines()[-1]
        == "would be 0 created, 1 updated, 4 unchanged, 1 rejected"
    )
    assert broadsheet("import", pile, home=home).stdout.splitlines()[-1] == "0 created, 1 updated, 4 unchanged, 1 rejected"
    forced = broadsheet("import", pile / "note.md", "--force", home=home)
    assert forced.returncode == 0
    assert forced.stdout.splitlines()[-1] == "0 created, 1 updated, 0 unchanged, 0 rejected"
    assert broadsheet("check", home=home).returncode == 0


def test_prune_removes_what_is_gone(pile: Path, tmp_path: Path) -> None:
    """A file, and a record of a file; what could not be read is not gone."""
    home = tmp_path / "home"
    broadsheet("import", pile, home=home)
    (pile / "note.md").unlink()
    (pile / "records.jsonl").write_text('{"title": "Two", "html": "<p>Second.</p>"}\n', encoding="utf-8")
    pruned = broadsheet("import", pile, "--prune", home=home)
    assert pruned.stdout.splitlines()[-1].endswith("2 removed, 0 rejected")
    exported = broadsheet("export", "-", home=home).stdout.splitlines()
    assert sorted(json.loads(line)["title"] for line in exported) == ["A page", "Harbour Council Approves the Northern Breakwater", "Two"]
    assert broadsheet("check", home=home).returncode == 0


def test_files_that_only_their_folders_tell_apart_do_not_replace_each_other(tmp_path: Path) -> None:
    """Those that one import is given by themselves have one path, their name: the second is rejected, and advice given; one file twice is one."""
    home = tmp_path / "home"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(f"# Index of {name}\n\nText.\n", encoding="utf-8")
    one, two = tmp_path / "a" / "index.md", tmp_path / "b" / "index.md"
    for counts in ("1 created, 0 updated, 0 unchanged, 1 rejected", "0 created, 0 updated, 1 unchanged, 1 rejected"):
        done = broadsheet("import", one, two, home=home)
        assert done.stdout.splitlines()[-1] == counts
        assert done.stderr == f"rejected: {two}: It has the same path in what was given as {one}, for which it would be taken. {ADVICE}\n"
    assert broadsheet("import", one, one, home=home).stdout.splitlines()[-1] == "0 created, 0 updated, 2 unchanged, 0 rejected"
    assert broadsheet("import", tmp_path, home=tmp_path / "home 3").stdout.splitlines()[-1].startswith("2 created")
    exported = broadsheet("export", "-", home=home).stdout
    for name in ("c", "d"):
        (tmp_path / f"{name}.jsonl").write_text(exported, encoding="utf-8")
    again = broadsheet("import", tmp_path / "c.jsonl", tmp_path / "d.jsonl", home=home)
    assert again.stdout.splitlines()[-1].endswith("0 rejected")  # whose ids say that they are the same
    assert broadsheet("import", tmp_path / "a", tmp_path / "b", home=tmp_path / "home 2").returncode == 1


def test_what_comes_through_standard_input_is_known_by_its_title(tmp_path: Path) -> None:
    """For a stream has no name: a second one takes not the place of the first."""
    home = tmp_path / "home"
    for title, counts in (("One", "1 created, 0 updated"), ("Two", "1 created, 0 updated"), ("One", "0 created, 1 updated")):
        text = f"# {title}\n\nText {counts}.\n"
        done = subprocess.run([*COMMAND, "import", "-"], cwd=ROOT, env=environment(home), input=text, capture_output=True, text=True)
        assert done.stdout.splitlines()[-1].startswith(counts)


def test_what_an_archive_held_is_not_gone_when_that_is_damaged(tmp_path: Path) -> None:
    """It may be half written; a file that is named and is no longer there is gone, by whatever path it is named."""
    home, packed, single = tmp_path / "home", tmp_path / "pile.zip", tmp_path / "one.md"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/two.md", "# Two\n\nText.\n")
    single.write_text("# One\n\nText.\n", encoding="utf-8")
    broadsheet("import", packed, single, home=home)
    packed.write_bytes(packed.read_bytes()[:60])
    single.unlink()
    crooked = tmp_path / "home" / ".." / "one.md"
    pruned = broadsheet("import", packed, crooked, "--prune", home=home)
    assert pruned.stdout.splitlines()[-1] == "0 created, 0 updated, 0 unchanged, 1 removed, 2 rejected"
    assert [json.loads(line)["title"] for line in broadsheet("export", "-", home=home).stdout.splitlines()] == ["Two"]


@pytest.mark.parametrize("command", ["read", "search"])
def test_a_terminal_that_is_not_in_utf8_shows_what_it_can(tmp_path: Path, command: str) -> None:
    """What it has no sign for is a question mark."""
    (tmp_path / "lamp.md").write_text("# Le phare — l’été 灯\n\nText.\n", encoding="utf-8")
    broadsheet("import", tmp_path / "lamp.md", home=tmp_path / "home")
    asked = "text" if command == "search" else tmp_path / "lamp.md"
    for encoding, shown in (("ascii", "Le phare ? l??t? ?"), ("latin-1", "Le phare ? l?été ?")):
        done = subprocess.run(
            [*COMMAND, command, str(asked)], cwd=ROOT, env=environment(tmp_path / "home", PYTHONIOENCODING=encoding), capture_output=True
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert shown in done.stdout.decode(encoding)


def test_read_prints_documents_in_order_and_stores_nothing(pile: Path, tmp_path: Path) -> None:
    """One a line; rejections on standard error."""
    home = tmp_path / "home"
    done = broadsheet("read", pile, "--json", home=home)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [Path(one["source"]["location"]).name for one in documents] == [
        "flat.txt",
        "note.md",
        "page.html",
        "records.jsonl",
        "records.jsonl",
    ]
    assert documents[1]["publishedAt"] == "2024-05-06T23:30:00-05:00"  # a time keeps the offset that its source gives
    assert not home.exists()


def test_a_flattened_page_becomes_the_article_that_it_was(pile: Path, tmp_path: Path) -> None:
    """Title, date, author with bio, two sections, a list, a table; repairs that name what was removed."""
    document = json.loads(broadsheet("read", pile / "flat.txt", "--json", home=tmp_path / "home").stdout)
    assert document["title"] == "Harbour Council Approves the Northern Breakwater"
    assert document["publishedAt"] == "2025-03-04T00:00:00Z"
    assert [(one["name"], one["bio"]) for one in document["authors"]] == [("Ada Kerr", "Covers ports and the people who work in them.")]
    decided, then = document["sections"]
    assert (decided["heading"], then["heading"]) == ("What the council decided", "What Happens Next")
    paragraph, items, table = decided["blocks"]
    assert paragraph["text"] == "The plan rests on three measures:"
    assert [item["text"] for item in items["items"]] == ["A fund for the fishing fleet", "Night work only outside the breeding season"]
    assert [column["name"] for column in table["columns"]] == ["Measure", "Lead Office", "Deadline"]
    assert [[cell["text"] for cell in row["cells"]] for row in table["rows"]] == [
        ["Fleet Fund", "Treasury", "Q3 2025"],
        ["Night Work", "Port Authority", "Ongoing"],
    ]
    assert then["blocks"] == [{"kind": "PARAGRAPH", "text": "Construction starts in the autumn."}]
    repairs = {(one["kind"], one["line"]) for one in document["source"]["repairs"]}
    assert {("BOILERPLATE_REMOVED", 1), ("BOILERPLATE_REMOVED", 24), ("DUPLICATE_REMOVED", 18), ("TABLE_TRUNCATED", 20)} <= repairs


def test_export_and_import_give_the_same_bytes(pile: Path, sample_archive: Path, tmp_path: Path) -> None:
    """Into a fresh home, plain and compressed."""
    one, other = tmp_path / "one", tmp_path / "other"
    broadsheet("import", pile, sample_archive, home=one)
    assert broadsheet("export", tmp_path / "a.jsonl", home=one).returncode == 0
    assert broadsheet("import", tmp_path / "a.jsonl", home=other).returncode == 0
    assert broadsheet("export", tmp_path / "b.jsonl.gz", home=other).returncode == 0
    assert (tmp_path / "a.jsonl").read_bytes() == gzip.decompress((tmp_path / "b.jsonl.gz").read_bytes())
    assert len((tmp_path / "a.jsonl").read_bytes().splitlines()) == 33


def test_search_shows_passages_and_facets(pile: Path, tmp_path: Path) -> None:
    """In words, or as JSON; exit 1 where nothing answers, 2 where the question is refused."""
    home = tmp_path / "home"
    broadsheet("import", pile, home=home)
    shown = broadsheet("search", "treasury", "fund", home=home)
    assert shown.returncode == 0
    assert "1 article for treasury fund" in shown.stdout
    assert "table, row 1, What the council decided: Fleet Fund · Treasury · Q3 2025" in shown.stdout
    assert "authors: Ada Kerr (1)" in shown.stdout
    found = json.loads(broadsheet("search", "turbot", "--json", home=home).stdout)
    assert [edge["node"]["title"] for edge in found["edges"]] == ["A page"]
    nothing = broadsheet("search", "turbto", home=home)
    assert nothing.returncode == 1
    assert nothing.stdout == "0 articles for turbto\nDid you mean: turbot?\n"
    refused = broadsheet("search", "turbot", home=home, BROADSHEET_LIMIT_COST="1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("broadsheet: The operation costs")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "nowhere"], "nowhere"),
        (["import", ".", "--format", "pdf"], "--format is 'pdf'; it may be html, markdown, text, wxr, feed, json."),
        (["serve", "--workers", "0"], "workers is 0 (flag); it may not be below 1."),
        (["import"], "Missing argument"),
        (["nothing"], "No such command"),
    ],
)
def test_misuse_is_said_in_a_sentence(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    """With an exit status of its own, and never a traceback."""
    done = broadsheet(*arguments, home=tmp_path / "home")
    assert done.returncode in (1, 2)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A file that is no database, an address that is unknown."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "broadsheet.db").write_text("this is no database, though it is long enough to look at" * 40)
    done = broadsheet("check", home=home)
    assert done.returncode == 2
    assert "is not a SQLite database" in done.stderr
    unknown = broadsheet("check", home=tmp_path / "other", BROADSHEET_INDEX="solr://x")
    assert unknown.returncode == 2
    assert "No index is known by the address" in unknown.stderr


@pytest.mark.parametrize(("columns", "facet"), [(120, "  Ada Kerr (1)"), (60, "authors: Ada Kerr (1)")])
def test_a_search_on_a_terminal_is_laid_out(pile: Path, tmp_path: Path, columns: int, facet: str) -> None:
    """Facets at the side where it is wide; matches stand out, the address is a link, and nothing in a text steers the terminal."""
    home, mine = tmp_path / "home", tmp_path / "mine"
    mine.mkdir()
    (mine / "a.json").write_text(json.dumps({"title": "Treasury\x1b]0;stolen\x07", "markdown": "The fund of the treasury."}))
    broadsheet("import", pile, mine, home=home)
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "search", "treasury", "fund"],
        cwd=ROOT,
        stdout=terminal,
        env=environment(home, COLUMNS=str(columns), TERM="xterm-256color"),
    )
    os.close(terminal)
    shown = ""
    with contextlib.suppress(OSError):  # how Linux says that the other side has closed
        while data := os.read(control, 65536):
            shown += data.decode()
    os.close(control)
    assert process.wait(30) == 0
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert facet in plain
    assert "\x1b[1;33mTreasury\x1b[0m" in shown
    assert re.search(r"\x1b\]8;id=\d+;http://127\.0\.0\.1:8000/articles/", shown)
    assert "\x07" not in shown
    assert "\x1b]0" not in shown


def test_synonyms_are_put_into_searches(pile: Path, tmp_path: Path) -> None:
    """From a file in the home; one that cannot be used ends the command with a sentence."""
    home = tmp_path / "home"
    broadsheet("import", str(pile), home=home)
    (home / "synonyms.txt").write_text("flatfish => turbot, plaice\n")
    shown = broadsheet("search", "flatfish", home=home, BROADSHEET_SYNONYMS="synonyms.txt")
    assert shown.returncode == 0
    assert "for turbot plaice" in shown.stdout
    refused = broadsheet("search", "flatfish", home=home, BROADSHEET_SYNONYMS="missing.txt")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"broadsheet: {home}/missing.txt cannot be read")


def test_a_home_that_nothing_was_imported_to_is_named(tmp_path: Path) -> None:
    """Where somebody searches or exports it: most likely another one is meant."""
    home = tmp_path / "home"
    for command, status in ((("search", "turbot"), 1), (("export", "-"), 0)):
        done = broadsheet(*command, home=home)
        assert done.returncode == status
        assert f"there is nothing in {home} yet" in done.stderr


def test_what_the_system_refuses_is_a_sentence(tmp_path: Path) -> None:
    """As a full disk is, while the index is written; here a file is in its place."""
    (tmp_path / "index").write_text("in the way")
    done = broadsheet("search", "turbot", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"broadsheet: File exists ({tmp_path}/index). What was stored before is kept; mend this and try again.\n"


def test_a_word_with_a_minus_is_no_option(pile: Path, tmp_path: Path) -> None:
    """Not even one that begins or ends with the letter of an option."""
    broadsheet("import", pile, home=tmp_path / "home")
    found = broadsheet("search", "turbot", "-harbour", "-fish", "--first", "1", home=tmp_path / "home")
    assert (found.returncode, found.stdout.splitlines()[0]) == (0, "1 article for turbot -harbour -fish")
    assert broadsheet("search", "turbot", "-page", home=tmp_path / "home").stdout.splitlines()[0] == "0 articles for turbot -page"


def test_a_hit_is_linked_to_its_section_whatever_its_address_ends_in(tmp_path: Path) -> None:
    """An address has one fragment."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "A", "url": "https://harbour.example/a#top", "markdown": "## Fares\n\nTurbot."}))
    broadsheet("import", tmp_path / "a.jsonl", home=tmp_path / "home")
    assert "  https://harbour.example/a#fares\n" in broadsheet("search", "turbot", home=tmp_path / "home").stdout


def test_settings_and_help_name_everything(tmp_path: Path) -> None:
    """Each setting with its value and where that came from; each command with an example."""
    shown = broadsheet("settings", home=tmp_path / "home", BROADSHEET_TITLE="Harbour Post").stdout
    assert "\nBROADSHEET_TITLE=Harbour Post  (environment)\n" in shown
    assert "Default: Broadsheet." in shown
    assert "\nBROADSHEET_RESPONSE_CACHE_BYTES=67108864  (default)\n" in shown
    assert broadsheet("--version", home=tmp_path / "home").stdout.startswith("broadsheet 0.")
    help = broadsheet("--help", home=tmp_path / "home").stdout
    for command in ("import", "read", "serve", "search", "reindex", "export", "schema", "check", "settings"):
        assert command in help
    assert "Examples:" in broadsheet("import", "--help", home=tmp_path / "home").stdout
    assert "store and index (default: ./var)" in help
    assert "(default: 8000)" in broadsheet("serve", "--help", home=tmp_path / "home").stdout
    assert broadsheet("schema", home=tmp_path / "home").stdout == (ROOT / "schema.graphql").read_text(encoding="utf-8")


def test_check_finds_an_index_that_is_behind_damaged_or_of_another_store(pile: Path, tmp_path: Path) -> None:
    """One line a fault; the service mends it by itself."""
    home = tmp_path / "home"
    broadsheet("import", pile, home=home)
    (arrays,) = home.rglob("*.arrays")
    arrays.write_bytes(arrays.read_bytes()[:-1] + b"x")
    broken = broadsheet("check", home=home)
    assert broken.returncode == 1
    assert "The index cannot be read" in broken.stdout
    with running(home) as service:
        assert service.ask('{ search(query: "turbot") { totalCount } }') == {"search": {"totalCount": 1}}
    assert broadsheet("check", home=home).returncode == 0
    assert "The index is new" in broadsheet("reindex", home=home).stdout


def test_importing_beside_a_running_service_is_seen_there(pile: Path, tmp_path: Path) -> None:
    """As soon as the import returns."""
    home = tmp_path / "home"
    with running(home) as service:
        assert service.ask("{ articles { totalCount } }") == {"articles": {"totalCount": 0}}
        broadsheet("import", pile, home=home)
        assert service.ask("{ articles { totalCount } }") == {"articles": {"totalCount": 5}}
        assert service.ask('{ search(query: "turbot") { totalCount } }') == {"search": {"totalCount": 1}}
        assert service.stop() == 0


def test_an_import_that_is_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """At random moments, again and again; then whole, and sound."""
    source = tmp_path / "many.jsonl"
    source.write_text(
        "".join(json.dumps({"slug": f"s{n}", "title": f"Title {n}", "text": f"Words of number {n}."}) + "\n" for n in range(3000))
    )
    home = tmp_path / "home"
    for wait in (0.9, 1.4, 2.0, 2.6, 3.3):
        process = subprocess.Popen(
            [*COMMAND, "import", str(source)],
            cwd=ROOT,
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(wait)  # somewhere in the middle of it, wherever that is
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert broadsheet("import", source, home=home).returncode == 0
    assert broadsheet("import", source, home=home).stdout.splitlines()[-1] == "0 created, 0 updated, 3,000 unchanged, 0 rejected"
    check = broadsheet("check", home=home)
    assert check.returncode == 0, check.stdout


def test_a_home_inside_the_folder_is_left_out(pile: Path) -> None:
    """As it is where a folder is imported from inside."""
    home = pile / "var"
    assert broadsheet("import", pile / "note.md", home=home).returncode == 0
    (pile / "records.jsonl").unlink()
    done = broadsheet("import", pile, home=home)
    assert done.returncode == 0, done.stderr
    assert "folder that the program keeps its store in" in done.stdout
