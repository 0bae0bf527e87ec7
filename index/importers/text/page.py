"""How do the passes over a flattened page come together?

Lines are numbered, furniture and repeats go, what is left stands in runs between empty lines: lists, tables, and lines alone that are
headings or paragraphs. Its law: every pass takes lines and gives lines, and says in the repairs what it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.document import Article, Author, Block, Paragraph, RepairKind, Source, SourceFormat
from index.identity import is_address
from index.importers.charset import decode
from index.importers.flow import Flow, Heading, nest
from index.importers.material import Material, Reading, Unreadable
from index.importers.metadata import date_elsewhere
from index.importers.people import split_names
from index.importers.repairs import Repairs
from index.importers.text.furniture import Footer, quoted, without_adverts, without_footer, without_related
from index.importers.text.headings import likelihoods
from index.importers.text.lines import Line, numbered, runs
from index.importers.text.lists import Growing, read_list
from index.importers.text.masthead import Masthead, without_masthead
from index.importers.text.repeats import without_repeats
from index.importers.text.tables import WORK, WORK_PER_CHARACTER, Budget, are_rows, is_table, read_table
from index.importers.text.words import Words, words_of

MOST = 2**26  # bytes: 64 MiB, of which some 30 s are spent; an article is not longer
LEVEL = 2  # of every heading: flattening loses their ranks
UNSURE = 0.8  # a heading that is less likely than that is said to be a guess; of 1,555 headings of 200 pages some 100 are
LONGEST_TOP = 80  # characters of a line that heads a paragraph without a gap


def read(material: Material) -> Reading:
    """The article of a flattened page; raises `Unreadable` where it says nothing, or is over 64 MiB."""
    if len(material.content) > MOST:
        raise Unreadable(f"The text is longer than {MOST // 2**20} MiB. Split it into articles.")
    repairs = Repairs()
    lines = without_adverts(numbered(decode(material.content)), repairs)
    lines, footer = without_footer(lines, repairs)
    paths = (material.path, material.location if is_address(material.location) else "")
    lines, head = without_masthead(lines, footer.months, repairs, paths)
    lines = without_repeats(without_related(lines, repairs), repairs)
    if not lines and not head.title:
        raise Unreadable("It holds no text. Remove it, or give it the page's text.")
    budget = Budget(WORK + WORK_PER_CHARACTER * len(material.content))
    blocks, sections = nest(_flow(list(_runs(lines)), repairs, budget))
    article = Article(
        head.title,
        Source(SourceFormat.TEXT),
        published_at=head.date or date_elsewhere(paths, repairs),
        updated_at=head.updated,
        authors=_authors(head, footer),
        blocks=blocks,
        sections=sections,
    )
    return Reading(article, content=material.content, repairs=repairs)


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """The runs of a page, where a list goes on after a gap, or a heading stands right above its paragraph, mended."""
    last: list[Line] = []
    items: Growing | None = None
    for run in runs(lines):
        if items is not None and run[0].mark and items.goes_on(run):
            items.add(run)
            continue
        if last and not last[0].mark and run[0].mark and are_rows(last, run):
            last += [replace(line, text=line.shown, mark="") for line in run]
            continue
        if last:
            yield from _topped(last)
        items = Growing(run) if run[0].mark else None
        last = run if items is None else items.lines
    if last:
        yield from _topped(last)


def _topped(run: list[Line]) -> Iterator[list[Line]]:
    """A run, its first line apart where that is a heading above text."""
    if len(run) > 1 and not run[0].mark and _heads(run[0].text, run[1].text):
        yield run[:1]
        yield run[1:]
    else:
        yield run


def _heads(first: str, second: str) -> bool:
    """Whether one line is a heading above another that is a paragraph: short and no sentence, above one that is twice as long and ends."""
    return len(first) <= LONGEST_TOP < len(second) // 2 and first[-1] not in ".,;:" and second[-1] in '.!?…”"'


def _flow(page: Sequence[list[Line]], repairs: Repairs, budget: Budget) -> Flow:
    """Headings and blocks, in their order."""
    words: Words | None = None
    for run, likelihood in zip(page, likelihoods(page, repairs), strict=True):
        line = run[0]
        if line.mark:
            yield read_list(run)
        elif len(run) > 1:
            words = words or words_of(line.text for other in page for line in other if len(other) == 1 or line.mark)
            yield read_table(run, words, repairs, budget) if is_table(run, words, budget) else _text(run)
        elif likelihood >= 0.5 and line.text[0] not in "—–":
            if likelihood < UNSURE:
                message = f"A line was taken for a heading: {quoted(line)}."
                repairs.add(RepairKind.HEADING_INFERRED, message, line.number, round(likelihood, 2))
            yield Heading(line.text, LEVEL)
        else:
            yield Paragraph(line.text)


def _text(run: Sequence[Line]) -> Block:
    """Lines without gaps that are no table: text broken at a margin is joined, anything else keeps its lines."""
    longest = max(len(line.text) for line in run)
    broken = all(len(line.text) * 2 > longest for line in run[:-1]) and longest > LONGEST_TOP // 2
    return Paragraph((" " if broken else "\n").join(line.text for line in run))


def _authors(head: Masthead, footer: Footer) -> tuple[Author, ...]:
    """Who wrote it: whom the byline names, or else the author box, whose line about them it is."""
    said = head.author or footer.author
    if not said:
        return ()
    names = split_names(said)
    if ", ".join(names) != said:
        names = [said]  # `Ada Kerr, for the harbour office`, `Ada Kerr and Bo Lind`: as the page gives them
    bio = footer.bio if footer.author == said else ""
    return tuple(Author(name, bio=bio or None) for name in names)
