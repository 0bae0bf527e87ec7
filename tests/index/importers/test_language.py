"""In which language an article is that does not say so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.document import Article, Block, Blockquote, Cell, Code, List, ListItem, Paragraph, Row, Section, Source, SourceFormat, Table
from index.importers import language
from index.importers.finish import finish
from index.importers.language import detected, language_of, middle
from index.importers.material import Material, Reading

ENGLISH = (
    "The ferry to the island leaves twice a day, in the morning and shortly before the shops close. In winter it stays in the harbour when "
    "the wind is stronger than the captain likes, and the islanders are used to waiting for their letters until the weather has changed."
)
GERMAN = (
    "Die Fähre zur Insel fährt zweimal am Tag, am Morgen und kurz bevor die Läden schließen. Im Winter bleibt sie im Hafen, wenn der Wind "
    "stärker ist, als es dem Kapitän gefällt, und die Leute auf der Insel sind es gewohnt, auf ihre Briefe zu warten, bis "
    "das Wetter umschlägt."
)
SPANISH = (
    "El barco que va a la isla sale dos veces al día, por la mañana y poco antes de que cierren las tiendas. En invierno se queda en el "
    "puerto cuando el viento es más fuerte de lo que le gusta al capitán, y los vecinos están acostumbrados a esperar sus cartas."
)
RUSSIAN = (
    "Паром на остров ходит два раза в день: утром и незадолго до закрытия магазинов. Зимой он остаётся в гавани, когда ветер сильнее, чем "
    "нравится капитану, и жители острова привыкли ждать свои письма до тех пор, пока погода не переменится. Так было всегда."
)
JAPANESE = (
    "島へ行く船は一日に二回、朝と店が閉まる少し前に出ます。冬になると、風が強い日には港に泊まったままで、島の人々は手紙を待つことに慣れています。"
    * 4
)


def of(*blocks: Block) -> Article:
    """An article of these blocks, in no language."""
    return Article("Night work", Source(SourceFormat.MARKDOWN), blocks=blocks)


@pytest.mark.parametrize(("tag", "text"), [("en", ENGLISH), ("de", GERMAN), ("es", SPANISH), ("ru", RUSSIAN), ("ja", JAPANESE)])
def test_prose_is_told_by_its_language(tag: str, text: str) -> None:
    """A paragraph of it is enough."""
    assert language_of(text) == tag
    assert detected(of(Paragraph(text))) == tag


def test_a_text_of_few_letters_is_in_no_known_language() -> None:
    """Digits, marks and spaces are no letters."""
    assert language_of("") == "und"
    assert language_of(ENGLISH[:150]) == "und"
    assert language_of(ENGLISH[:150] + " 12 – 34 …" * 40) == "und"


@pytest.mark.parametrize("text", ["qwx zzk vvq jjh pfx " * 40, "deps: a41fee0 b9077ce lib: 66c3e1 src: 5d42a " * 20])
def test_what_is_in_doubt_is_in_no_known_language(text: str) -> None:
    """Letters that are prose in no language are not given the likeliest."""
    assert language_of(text) == "und"


def test_only_so_much_of_a_text_is_looked_at() -> None:
    """A long text costs what a short one does."""
    assert language_of(GERMAN * 3 + ENGLISH * 100) == "de"


def test_the_middle_counts() -> None:
    """A greeting and a farewell in another language change nothing."""
    assert detected(of(Paragraph(GERMAN), *[Paragraph(ENGLISH)] * 8, Paragraph(GERMAN))) == "en"
    assert len(middle(of(*[Paragraph(ENGLISH)] * 8))) == language.LOOKED_AT


def test_all_prose_counts_and_nothing_else() -> None:
    """Lists, quotations and sections at every depth; code and tables are in no language."""
    item = ListItem("one", blocks=(Paragraph(text="two"), List(items=(ListItem("three"),))))
    table = Table(rows=(Row((Cell("no"),)),))
    inner = Section("h", 3, blocks=(Paragraph(text="six"),))
    article = of(List(items=(item,)), Code(text="no"), table, Blockquote(blocks=(Paragraph(text="four"),)))
    article = replace(article, sections=(Section("h", 2, blocks=(Paragraph(text="five"),), sections=(inner,)),))
    assert middle(article).split("\n") == ["one", "two", "three", "four", "five", "six"]


def test_every_label_of_the_model_comes_out_as_a_tag() -> None:
    """The shortest code that ISO 639 has, as BCP 47 asks; text in no language is unknown."""
    labels = language._model().labels
    tags = {language.TAGS.get(label, label) for label in labels}
    assert set(language.TAGS) <= set(labels)
    assert all(tag.isascii() and tag.islower() and 2 <= len(tag) <= 3 for tag in tags)
    assert {"kik", "zxx"}.isdisjoint(tags)


@pytest.mark.parametrize("given", ["und", ""])
def test_an_article_without_a_language_is_finished_with_one(given: str) -> None:
    """Whichever way its source said nothing."""
    article = replace(of(Paragraph(GERMAN)), language=given)
    assert finish(Reading(article), Material(b"x", "a.md", "a.md")).article.language == "de"


def test_what_a_source_says_of_its_language_stands() -> None:
    """Even where the text is in another."""
    article = replace(of(Paragraph(GERMAN)), language="nds")
    assert finish(Reading(article), Material(b"x", "a.md", "a.md")).article.language == "nds"


def test_an_article_of_our_own_export_keeps_being_unknown() -> None:
    """What was exported comes back as it was."""
    finished = finish(Reading(of(Paragraph(GERMAN))), Material(b"x", "a.md", "a.md")).article
    article = replace(finished, language="und")
    assert finish(Reading(article), Material(b"x", "a.jsonl", "a.jsonl")).article.language == "und"


def test_the_model_is_loaded_when_an_article_needs_it() -> None:
    """A process that reads nothing of unknown language never loads it."""
    asks = "import sys, index.importers.finish; print('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False"
