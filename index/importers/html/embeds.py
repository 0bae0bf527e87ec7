"""What is shown from another address?"""

from __future__ import annotations

import re

from index.document import Embed
from index.importers.html.hints import part
from index.importers.html.mapper import Flow, Mapper, Style
from index.importers.html.tree import Node
from index.importers.urls import safe_url

POSTS = part(
    "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video bluesky-embed mastodon-embed reddit-embed reddit-card"
)
POST_ADDRESS = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:twitter\.com|x\.com)/\w+/status|instagram\.com/(?:p|reel|tv)/|tiktok\.com/@|bsky\.app/profile/|reddit\.com/r/"
)
KNOWN = re.compile(
    r"^(?:https?:)?//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|archive\.org|wikimedia\.org"
    r"|bilibili\.com|v\.qq\.com|ted\.com|soundcloud\.com|spotify\.com|bandcamp\.com|mixcloud\.com|podcasts\.apple\.com|codepen\.io|jsfiddle\.net"
    r"|codesandbox\.io|stackblitz\.com|gist\.github\.com|google\.com/maps|maps\.google\.com|openstreetmap\.org|datawrapper\.de|dwcdn\.net"
    r"|flourish\.studio|infogram\.com|slideshare\.net|speakerdeck\.com|documentcloud\.org|scribd\.com|giphy\.com|streamable\.com|loom\.com"
    r"|wistia\.(?:com|net)|vidyard\.com|brightcove\.(?:com|net)|jwplayer\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com)(?:[/?#:]|$)",
    re.IGNORECASE,
)


def is_known(node: Node) -> bool:
    """Whether an element shows something from an address that articles embed, not advertisers."""
    return any(KNOWN.search(value.strip()) for value in node.attributes.values()) or any(
        KNOWN.search(inner.get("value") or inner.get("src")) for inner in node.elements if inner.tag in ("param", "embed")
    )


def embed_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """What a frame, a player or an object shows; where it has no address, what it holds instead."""
    address = _address(node)
    if not address:
        return mapper.flow(node.children, style) if node.tag in ("object", "video", "audio") else []
    url = mapper.url(address, node.line, "an embed")
    if url is not None:
        return [Embed(url)]
    return mapper.flow(node.children, style) if node.tag == "object" else []


def _address(node: Node) -> str:
    for name in ("src", "data-src", "data", "data-lazy-src", "data-url", "data-href"):
        value = node.get(name)
        if value and value != "about:blank":
            return value
    for inner in node.walk():
        if inner.tag in ("source", "embed") and inner.get("src"):
            return inner.get("src")
        if inner.tag == "param" and inner.get("name").lower() in ("movie", "src", "url") and inner.get("value"):
            return inner.get("value")
    return ""


def post_of(mapper: Mapper, node: Node) -> str | None:
    """The address of the post that a quotation stands for until a script shows it; None for any other."""
    if not POSTS.search(node.get("class")):
        return None
    for name in ("data-instgrm-permalink", "cite", "data-href", "data-url"):
        if (value := node.get(name)) and (url := safe_url(value, mapper.base)):
            return url
    links = [inner.get("href") for inner in node.walk() if inner.tag == "a"]
    posts = [link for link in links if POST_ADDRESS.search(link)]
    return safe_url(posts[-1], mapper.base) if posts else None
