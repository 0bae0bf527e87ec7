"""What an export says before its items."""

from __future__ import annotations

from index.importers.items import Item
from index.importers.wxr.channel import Channel, Picture, Pictures, Term, channel_of, packed, unpacked

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>The Daily</title><link>https://daily.example</link><language>en-GB</language>
<wp:base_site_url>https://host.example</wp:base_site_url><wp:base_blog_url>https://blog.example</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>a@b.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Kerr]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>bo</wp:author_login><wp:author_display_name></wp:author_display_name>
<wp:author_first_name>Bo</wp:author_first_name><wp:author_last_name>Hale</wp:author_last_name></wp:author>
<wp:author><wp:author_login>cy</wp:author_login></wp:author><wp:author/>
<wp:category><wp:category_nicename>ports</wp:category_nicename><wp:category_parent></wp:category_parent>
<wp:cat_name><![CDATA[Ports]]></wp:cat_name><wp:category_description>Where ships land</wp:category_description></wp:category>
<wp:category><wp:category_nicename>%d0%bf</wp:category_nicename><wp:category_parent>ports</wp:category_parent></wp:category>
<wp:tag><wp:tag_slug>night</wp:tag_slug><wp:tag_name>Night</wp:tag_name><wp:tag_description>After dark</wp:tag_description></wp:tag>
<wp:term><wp:term_taxonomy>category</wp:term_taxonomy><wp:term_slug>law</wp:term_slug><wp:term_parent>ports</wp:term_parent>
<wp:term_name>Law</wp:term_name></wp:term>
<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>menu</wp:term_slug><wp:term_name>Menu</wp:term_name></wp:term>
"""


def item(*fields: str) -> Item:
    """An item of these fields."""
    return Item(f"<item>{''.join(fields)}</item>".encode(), 1)


def attachment(number: int, parent: int = 0, alt: str = "") -> Item:
    """A picture."""
    meta = f"<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>"
    return item(
        f"<wp:post_id>{number}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>",
        f"<wp:post_type><![CDATA[attachment]]></wp:post_type><wp:attachment_url>https://a.example/{number}.jpg</wp:attachment_url>",
        meta if alt else "",
    )


def test_authors_topics_and_the_site_are_found() -> None:
    """Authors by login, with the name that is shown; topics by slug, with what is above them."""
    assert channel_of(HEAD.encode()) == Channel(
        "The Daily",
        "https://blog.example",
        "en-GB",
        "UTF-8",
        {"ada": "Ada Kerr", "bo": "Bo Hale", "cy": "cy"},
        {"ports": Term("Ports", "", "Where ships land"), "п": Term("п", "ports"), "law": Term("Law", "ports")},
        {"night": Term("Night", "", "After dark")},
    )


def test_a_head_in_another_encoding_is_read_by_what_it_declares() -> None:
    """Items are then, too."""
    channel = channel_of('<?xml version="1.0" encoding="koi8-r"?><rss><channel><title>Порт</title>'.encode("koi8-r"))
    assert (channel.title, channel.encoding) == ("Порт", "koi8-r")


def test_a_head_without_a_channel_is_read_all_the_same() -> None:
    """An export may have lost its beginning."""
    assert channel_of(b"<title>The Daily</title>").title == "The Daily"
    assert channel_of(b"") == Channel()


def test_a_channel_goes_between_processes_as_bytes() -> None:
    """Nothing at all is an empty one."""
    channel = channel_of(HEAD.encode(), {"1": Picture("https://a.example/1.jpg")})
    assert unpacked(packed(channel)) == channel
    assert unpacked(b"") == Channel()


def test_only_pictures_that_posts_show_are_kept() -> None:
    """As their featured one, in a gallery, or because a gallery shows what was uploaded to its post."""
    pictures = Pictures()
    for seen in (
        attachment(1, alt="A pier"),
        attachment(2),
        attachment(3),
        attachment(4, parent=9),
        attachment(5, parent=8),
        item("<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>"),
        item('<wp:post_id>8</wp:post_id>[gallery columns="2" ids="2, 77"]'),
        item("<wp:post_id>9</wp:post_id>[gallery]"),
        item("[gallery]"),
        item("<wp:post_id>6</wp:post_id><wp:post_type>attachment</wp:post_type>"),
    ):
        pictures.see(seen)
    assert pictures.shown == {
        "1": Picture("https://a.example/1.jpg", "A pier", "0"),
        "2": Picture("https://a.example/2.jpg", "", "0"),
        "4": Picture("https://a.example/4.jpg", "", "9"),
    }
