"""How is running text put together from spans?

Its law: a value's `text` is its spans' texts joined, and `spans` is empty where there is nothing to say beyond the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.document import Paragraph, Span

BLANKS = re.compile(r"[^\S\n]+")
AROUND_BREAK = re.compile(r" *\n *")


def is_plain(span: Span) -> bool:
    """Whether a span says nothing beyond its text."""
    return not span.marks and span.href is None and span.image is None


def normalise(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join neighbours that are marked alike, fold runs of blanks into one, trim both ends; `\\n` stays a line break.

    An image's span is never joined or dropped, even if its text is empty.
    """
    out: list[Span] = []
    for span in _joined(spans):
        text = span.text
        if "  " in text or not text.isprintable():  # any other white space than a blank is not printable
            text = AROUND_BREAK.sub("\n", BLANKS.sub(" ", text))
        if span.image is None:
            if text[:1] == " " and (not out or out[-1].text[-1:] in (" ", "\n")):
                text = text[1:]
            if not text:
                continue
            last = out[-1] if out else None
            if last is not None and last.image is None and last.marks == span.marks and last.href == span.href:
                out[-1] = Span(AROUND_BREAK.sub("\n", last.text + text), span.marks, span.href)
                continue
            if text[:1] == "\n" and last is not None and last.text[-1:] == " " and last.image is None:
                out[-1] = Span(last.text[:-1], last.marks, last.href)
        out.append(Span(text, span.marks, span.href, span.image))
    return _trimmed(out)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, neighbours that are marked alike as one: joined at once, so that thousands of them take no longer each."""
    first: Span | None = None
    texts: list[str] = []
    for span in spans:
        if first is not None:
            if span.image is None and first.image is None and span.marks == first.marks and span.href == first.href:
                texts.append(span.text)
                continue
            yield first if len(texts) == 1 else Span("".join(texts), first.marks, first.href)
        first, texts = span, [span.text]
    if first is not None:
        yield first if len(texts) == 1 else Span("".join(texts), first.marks, first.href)


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    """Spans without white space at either end, those that become empty left out."""
    while spans and spans[0].image is None and not (text := spans[0].text.lstrip()):
        del spans[0]
    if spans and spans[0].image is None:
        spans[0] = Span(text, spans[0].marks, spans[0].href)
    while spans and spans[-1].image is None and not (text := spans[-1].text.rstrip()):
        del spans[-1]
    if spans and spans[-1].image is None:
        spans[-1] = Span(text, spans[-1].marks, spans[-1].href)
    return tuple(span for span in spans if span.text or span.image is not None)


def running(spans: Iterable[Span]) -> tuple[str, tuple[Span, ...]]:
    """The `text` and `spans` of a value that holds these spans."""
    neat = normalise(spans)
    text = "".join(span.text for span in neat)
    return text, () if all(map(is_plain, neat)) else neat


def paragraph(spans: Iterable[Span]) -> Paragraph:
    """A paragraph of these spans."""
    return Paragraph(*running(spans))


def spans_of(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans to show for a value's `text` and `spans`: never empty where there is text."""
    return spans or ((Span(text),) if text else ())
