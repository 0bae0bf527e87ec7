"""Is there anything that an importer trips over, or never comes back from? `python -m tests.fuzz html --seconds 600`; all of them: `make fuzz`.

Atheris mutates what is saved in `tests/corpus`, and keeps in `build/fuzz/FORMAT` whatever reaches code that nothing reached before; the next
run goes on from there. A defect is an exception, a rejection that names a defect of this program, an article that its own JSON does not give
back or whose HTML a sanitiser would change, an input that takes longer than `PATIENCE` or more than `MEMORY`: the run ends with it, and the
input is in `build/fuzz/defects`. What has been mended belongs into the corpus, which the tests read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import atheris

CORPUS = Path(__file__).parent / "corpus"
GROWN = Path(__file__).parent.parent / "build" / "fuzz"
PATIENCE = 10  # seconds for one input
MEMORY = 4096  # MiB, as for the processes that read
LONGEST = 2**16  # bytes of an input

SIGNS = (
    "< > </ <!-- --> <![CDATA[ ]]> <div> </div> <table> <tr> <td> </td> <li> <p> <b> <script> <pre> <svg> <h1> <br/> &amp; &#0; &#x110000; "
    "--- +++ ``` ~~~ > - * 1. | |-| [ ]( ]: ![ {{< >}} {{% %}} {% %} $$ ** __ ~~ : :: # ###### [^1] [^1]: {#a} 2021-02-30 0000-00-00 "
    "{ } [[ ]] null true 1e999 -0 99999999999999999999 \\xef\\xbb\\xbf \\xff\\xfe \\x00 \\xc3 \\xe2\\x80\\xa8 \\xf0\\x9f\\x98\\x80 \\xc2\\xa0 "
    '<item> </item> <entry> <rss> <channel> <feed> <wp:status> <?xml xml:base=\\" xmlns:a=\\" [caption] [/gallery] <!--more--> Advertisement '
    "By YesNo 12:30 $1,000 Monday http://[ javascript: data: \\x0a \\x0a\\x0a \\x0d\\x0a \\x09 PK\\x03\\x04 PK\\x01\\x02 \\x1f\\x8b ustar"
)
"""What the formats live by, as libFuzzer's dictionaries write it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line; ends the process, with 0 where nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Throw mutated inputs at an importer.")
    parser.add_argument("target", choices=[folder.name for folder in sorted(CORPUS.iterdir())])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--runs", type=int, default=-1, help="end after so many inputs [default: none]")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other inputs; 0 is another one each time [default: 0]")
    parser.add_argument("--grown", type=Path, default=GROWN, help="folder for what is found [default: build/fuzz]")
    given = parser.parse_args(arguments)
    own, defects, signs = given.grown / given.target, given.grown / "defects", given.grown / "signs"
    for folder in (own, defects):
        folder.mkdir(parents=True, exist_ok=True)
    signs.write_text("".join(f'"{sign}"\n' for sign in SIGNS.split(" ")), encoding="utf-8")
    bounds = {
        "max_total_time": given.seconds,
        "runs": given.runs,
        "seed": given.seed,
        "timeout": PATIENCE,
        "rss_limit_mb": MEMORY,
        "max_len": LONGEST,
    }
    options = [f"-dict={signs}", f"-artifact_prefix={defects}/{given.target}-", *(f"-{name}={value}" for name, value in bounds.items())]
    with atheris.instrument_imports(include=["index", "schema"]):  # importers are loaded when the first input comes
        from tests.fuzzed import TARGETS

        atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", str(own), str(CORPUS / given.target)], TARGETS[given.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
