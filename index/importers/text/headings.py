"""Which lines that stand alone are headings?

Each line is looked at twice: once by itself, what speaks for a heading being weighed against what speaks for a paragraph, and once beside
those that look like it, for a page writes its headings alike. Its law: a line with nothing under it heads nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.text.signs import SMALL, Page, Run, ending, signs, stands_alone
from index.importers.text.weights import WEIGHTS

# of 3,490 lines that stand alone 107 are such, none of them a heading
NEVER = re.compile(
    r"[\"“]?https?://\S+|\S+@\S+|[(\[].*[)\]]|(?:[—–]|-+ ).*|\W*"
    r"|(?:fig(?:ure)?|table|photo|image|source|credit|caption)s?\b[ .]*(?:\d+ *[:.–—-]|:).*"
    r"|(?:note|tip|hint|warning|caution|important|attention|danger)[:!]?",
    re.IGNORECASE,
)

# How much of the first look is left in the second, and how much the lines that end, or begin, alike count: logistic regression over the
# lines that `weights` names, their first odds found without their own fourth of the pages. Together with the signs of shared words they
# bring the blocks under the right heading (F1) from 94.6 to 95.4 in 100 over 200 pages, from 90.1 to 92.1 over 400 others, and from 94.4
# to 95.7 over 130 of three other sites.
MOST = 50_000  # lines that are looked at, some 30 µs each; the most on 200 pages are 82
FIRST_LOOK = 0.83
ALIKE: Sequence[tuple[Callable[[str], str], float]] = ((ending, 1.46), (lambda text: text.split()[0].lower(), 1.13))


def likelihoods(runs: Sequence[Run], repairs: Repairs) -> list[float]:
    """How likely each run of a page is a heading, from 0 to 1."""
    out = [0.0] * len(runs)
    candidates = [at for at, run in enumerate(runs[:-1]) if stands_alone(run) and not heads_nothing(run[0].text)]
    if len(candidates) > MOST:
        message = f"More than {MOST:,} lines stand alone; from here on they were not looked at for headings."
        repairs.add(RepairKind.OTHER, message, runs[candidates[MOST]][0].number)
        del candidates[MOST:]
    for at, odds in _second_look(runs, first_look(runs, candidates)).items():
        out[at] = _likelihood(odds)
    return out


def first_look(runs: Sequence[Run], candidates: Sequence[int]) -> dict[int, float]:
    """The log odds that these runs are headings, each by itself."""
    page = Page(runs, candidates)
    return {at: sum(WEIGHTS.get(sign, 0.0) for sign in signs(runs[at][0].text, page.around(at))) for at in candidates}


def heads_nothing(text: str) -> bool:
    """Whether a line is something else than a heading, however it looks: an address, a caption, an aside, a signature, half a sentence."""
    return NEVER.fullmatch(text) is not None or all(word.strip(".,:;").lower() in SMALL for word in text.split())


def _second_look(runs: Sequence[Run], first: Mapping[int, float]) -> dict[int, float]:
    """The log odds of the first look, mended by what became of the lines that look alike."""
    likely = {at: _likelihood(value) for at, value in first.items()}
    odds = {at: FIRST_LOOK * value for at, value in first.items()}
    for look, weight in ALIKE:
        groups: dict[str, list[int]] = defaultdict(list)
        for at in first:
            groups[look(runs[at][0].text)].append(at)
        for group in groups.values():
            total = sum(likely[at] for at in group)
            for at in group:
                odds[at] += weight * ((total - likely[at] + 0.5) / len(group) - 0.5)
    return odds


def _likelihood(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
