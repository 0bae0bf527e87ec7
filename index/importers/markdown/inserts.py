"""What does a template's call stand for, once its site is gone?

A call such as `{{< youtube id >}}` becomes a block, running text or an address. Which, is decided by the shape of its name and arguments,
so that a site's own calls are read like the well-known ones: a picture's file makes an image, the name of a player an embed, words stay
words. Its law: a call becomes something, or is named as left out.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote

from index.document import Block, Blockquote, Code, Embed, Image, ImageBlock, Mark, Paragraph, Span
from index.importers.markdown.parser import parser
from index.importers.urls import is_absolute, safe_url

ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w.-]+)\s*(?:=|:(?=\s*["'`]))\s*)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<tick>[^`]*)`|(?P<bare>[^\s,|()"'`]+))"""
)
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?$", re.IGNORECASE)
FILE = re.compile(r"[^\s/]+\.\w{2,5}$|/")
MARKED_UP = re.compile(r"[`*_~\[<&\\]")
SIZE = re.compile(r"(\d{1,4})(?:px)?")
IDENTIFIER = re.compile(r"[\w-]{1,60}")

# players and posts by the name of the call; what stands in braces are its arguments in order
EMBEDS = MappingProxyType(
    {
        "youtube": "https://www.youtube.com/watch?v={}",
        "vimeo": "https://vimeo.com/{}",
        "tweet": "https://twitter.com/{}/status/{}",
        "twitter": "https://twitter.com/{}/status/{}",
        "x": "https://twitter.com/{}/status/{}",
        "gist": "https://gist.github.com/{}/{}",
        "instagram": "https://www.instagram.com/p/{}/",
        "codepen": "https://codepen.io/{}/pen/{}",
        "jsfiddle": "https://jsfiddle.net/{}",
        "asciinema": "https://asciinema.org/a/{}",
        "asciicast": "https://asciinema.org/a/{}",
        "speakerdeck": "https://speakerdeck.com/player/{}",
        "spotify": "https://open.spotify.com/{}/{}",
        "dailymotion": "https://www.dailymotion.com/video/{}",
        "twitch": "https://www.twitch.tv/videos/{}",
        "loom": "https://www.loom.com/share/{}",
        "codesandbox": "https://codesandbox.io/s/{}",
        "stackblitz": "https://stackblitz.com/edit/{}",
    }
)
PLAYER = re.compile(r"youtu|vimeo|video|audio|embed|iframe|player|podcast|soundcloud|slideshare|tweet|gist|map\b", re.IGNORECASE)
IMAGE_NAME = re.compile(r"(?:^|[\W_])(?:img|image|figure|fig|picture|photo|pic)(?:$|[\W_])", re.IGNORECASE)
SOURCES = ("src", "url", "href", "image", "img", "image_path", "file", "path", "source", "link")
CAPTIONS = ("title", "caption", "attr")
DESCRIPTIONS = ("description", "desc")
INCLUDES = ("include", "include_relative", "include_cached", "partial", "render")
HEADS = ("kicker", "heading", "title", "summary", "term")
TEXTS = ("text", "content", "quote", "label", "caption", "alt", "message", "body")
TARGETS = ("href", "url", "link", "file", "to", "path", "src")
IDS = ("id", "videoid", "video_id", "youtubeid", "youtube_id", "tweetid", "video", "code")
ATTRIBUTIONS = ("cite", "author", "source", "attribution", "by")


@dataclass(frozen=True, slots=True)
class Insert:
    """What stands in for a call: within text the spans or the block, within an address `address`; `source` is what was written."""

    source: str
    spans: tuple[Span, ...] = ()
    block: Block | None = None
    address: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing came of the call."""
        return not self.spans and self.block is None

    def markup(self) -> str:
        """The same as HTML, for calls within raw HTML."""
        match self.block:
            case Embed():
                return f'<iframe src="{html.escape(self.block.url)}"></iframe>'
            case ImageBlock():
                image = f'<img src="{html.escape(self.block.image.url)}" alt="{html.escape(self.block.image.alt)}">'
                caption = f"<figcaption>{html.escape(self.block.caption)}</figcaption>" if self.block.caption else ""
                return f"<figure>{image}{caption}</figure>" if caption else image
            case Code():
                return f'<pre><code class="language-{html.escape(self.block.language or "")}">{html.escape(self.block.text)}</code></pre>'
            case Blockquote():
                return f"<blockquote>{html.escape(self.text)}</blockquote>"
            case _:
                return "".join(
                    f'<a href="{html.escape(s.href)}">{html.escape(s.text)}</a>' if s.href else html.escape(s.text) for s in self.spans
                )

    @property
    def text(self) -> str:
        """The words in it."""
        if isinstance(self.block, Blockquote):
            return " ".join(block.text for block in self.block.blocks if isinstance(block, Paragraph))
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Call:
    """A call taken apart: its name in lower case, and its arguments; those without a key in order."""

    name: str
    named: dict[str, str] = field(default_factory=dict)
    plain: tuple[str, ...] = ()

    def first(self, keys: tuple[str, ...]) -> str:
        """The first of these arguments that is there."""
        return next((self.named[key] for key in keys if self.named.get(key)), "")


def parse_call(name: str, arguments: str) -> Call:
    """A call from its name and the text of its arguments."""
    named: dict[str, str] = {}
    plain: list[str] = []
    for match in ARGUMENT.finditer(arguments[:5000]):
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match["tick"] if match["tick"] is not None else match["bare"]
        if match["key"]:
            named[match["key"].lower()] = value.strip()
        else:
            plain.append(value.strip())
    return Call(name.lower(), named, tuple(plain))


def insert(call: Call, source: str, base: str | None = None) -> Insert:
    """What a call becomes."""
    address = address_of(call)
    if call.name in INCLUDES and call.plain:  # what is included says what it shows
        call = Call(PurePosixPath(call.plain[0]).stem.lower(), call.named, call.plain[1:])
    if block := _image(call, base) or _embed(call) or _quote(call):
        return Insert(source, (), block, address)
    return Insert(source, _words(call, base), None, address)


def address_of(call: Call) -> str:
    """The path or address that a call gives where one is wanted: its first argument that looks like one, else its first."""
    given = [*(call.named[key] for key in (*TARGETS, *SOURCES) if call.named.get(key)), *call.plain]
    return next((value for value in given if FILE.search(value)), given[0] if given else "").replace(" ", "%20")


def _image(call: Call, base: str | None) -> ImageBlock | None:
    """A picture: a file of that kind among the arguments, or a name that says so with some file."""
    source = call.first(SOURCES) or next((value for value in call.plain if PICTURE.search(value)), "")
    if not PICTURE.search(source):
        if not IMAGE_NAME.search(call.name):
            return None
        source = source or next(iter(call.plain), "")  # often a name that only the site's data knows
    url = safe_url(source.replace(" ", "%20"), base)
    if url is None:
        return None
    rest = [value for value in call.plain if value != source]
    words = [value for value in rest if value and not SIZE.fullmatch(value)]
    sizes = [int(match[1]) for value in rest if (match := SIZE.fullmatch(value))][:2]
    sizes = sizes or [int(match[1]) for key in ("width", "height") if (match := SIZE.fullmatch(call.named.get(key, "")))]
    width, height = (*sizes, None, None)[:2]
    description = plain(call.first(DESCRIPTIONS))
    alt = plain(call.first(("alt",))) or (words[-1] if words else description)
    captions = dict.fromkeys(plain(call.named.get(key, "")) for key in CAPTIONS)
    caption = " — ".join(filter(None, [*captions, "" if description in (alt, *captions) else description]))
    return ImageBlock(Image(url, alt, width or None, height or None), caption or None)


def _embed(call: Call) -> Embed | None:
    """A player or a post: an address given to something that plays, or the arguments that its own site makes an address of."""
    given = [*(call.named[key] for key in (*SOURCES, *IDS) if call.named.get(key)), *call.plain]
    absolute = next((value for value in given if is_absolute(value)), "")
    template = next((EMBEDS[name] for name in (call.name, *re.split(r"[\W_]+", call.name)) if name in EMBEDS), None)
    if absolute and (template or PLAYER.search(call.name)):
        return Embed(url) if (url := safe_url(absolute)) else None
    if template is None:
        return Embed(url) if PLAYER.search(call.name) and given and FILE.search(given[0]) and (url := safe_url(given[0])) else None
    user = call.first(("user", "username", "account", "type"))
    parts = [quote(value) for value in ([user] if user else []) + given if IDENTIFIER.fullmatch(value)]
    wanted = template.count("{}")
    if not parts:
        return None
    if len(parts) < wanted:
        template, parts = template.replace("{}/", "i/", 1) if "status" in template else template.replace("{}/", "", 1), parts[:1]
    return Embed(template.format(*parts))


def _quote(call: Call) -> Blockquote | None:
    """Words that a call sets as a quotation."""
    text = call.first(TEXTS) if "quote" in call.name else ""
    return Blockquote(plain(call.first(ATTRIBUTIONS)) or None, (Paragraph(plain(text)),)) if text else None


def plain(text: str) -> str:
    """The words of an argument, which may hold Markdown and HTML: what a site's template would make of those has no place here."""
    if not MARKED_UP.search(text):
        return text
    words = (
        " " if token.type == "softbreak" else token.content for token in parser().parse_inline(text, {}) if token.type != "html_inline"
    )
    return " ".join("".join(words).split())


def _words(call: Call, base: str | None) -> tuple[Span, ...]:
    """The words among the arguments: a heading's are strong; a link where there is something to link to."""
    heads = list(dict.fromkeys(call.named[key] for key in HEADS if call.named.get(key)))
    words = [call.named[key] for key in TEXTS if call.named.get(key)] or [value for value in call.plain if " " in value]
    target = call.first(TARGETS)
    url = safe_url(target.replace(" ", "%20"), base) if target else None
    if not heads and not words and url and is_absolute(target):
        words = [target]
    spans = [Span(" — ".join(heads), (Mark.STRONG,), None if words else url)] if heads else []
    if words:
        spans += [Span(" — ")] if heads else []
        spans.append(Span(" — ".join(dict.fromkeys(words)), (), url))
    return tuple(spans)
