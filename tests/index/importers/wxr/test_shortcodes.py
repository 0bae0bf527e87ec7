"""What becomes of WordPress's shortcodes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.wxr.channel import Picture
from index.importers.wxr.shortcodes import Shortcodes

PICTURES = {
    "7": Picture("https://a.example/7.jpg", "A pier", "1"),
    "12": Picture("https://a.example/12.jpg?a=1&b=2", "", "1"),
    "20": Picture("https://a.example/20.jpg", "", "2"),
}


def expanded(body: str, line: int = 1) -> tuple[str, list[tuple[int | None, str]]]:
    """The body, and what was said by line."""
    repairs = Repairs()
    out = Shortcodes(PICTURES, "1", repairs, line).expanded(body)
    assert {note.repair.kind for note in repairs.notes} <= {RepairKind.MARKUP_DROPPED}
    return out, [(note.repair.line, note.repair.message) for note in repairs.notes]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '[caption id="a" width="3"]<a href="x"><img src="y" /></a> The <i>pier</i>[/caption]',
            '<figure><a href="x"><img src="y" /></a><figcaption>The <i>pier</i></figcaption></figure>',
        ),
        ('[caption caption="The pier"]<img src="y">[/caption]', '<figure><img src="y"><figcaption>The pier</figcaption></figure>'),
        ('[caption]<img src="y">[/caption]', '<figure><img src="y"></figure>'),
        ("[caption]no picture[/caption]", "<figure>no picture</figure>"),
        ("[caption]", "<figure></figure>"),
        ("[embed]https://v.example/1?a=1&amp;b[/embed]", '<iframe src="https://v.example/1?a=1&amp;amp;b"></iframe>'),
        ("[embed width=3]https://v.example/1[/embed]", '<iframe src="https://v.example/1"></iframe>'),
        ('[audio mp3="https://a.example/a.mp3"][/audio]', '<iframe src="https://a.example/a.mp3"></iframe>'),
        ("[video https://a.example/a.mp4 /]", '<iframe src="https://a.example/a.mp4"></iframe>'),
        ("[youtube=https://youtu.be/x1&w=3]", '<iframe src="https://youtu.be/x1&amp;w=3"></iframe>'),
        ("[vimeo 44633289]", '<iframe src="https://vimeo.com/44633289"></iframe>'),
        ("[youtube id=“x-1234”]", '<iframe src="https://www.youtube.com/watch?v=x-1234"></iframe>'),
        ("[code lang=python]if a < b:\n  [x][/code]", '<pre><code class="language-python">if a &lt; b:\n  [x]</code></pre>'),
        ("[sourcecode]a &lt; b[/sourcecode]", "<pre><code>a &lt; b</code></pre>"),
    ],
)
def test_what_every_site_has_becomes_what_it_stands_for(body: str, expected: str) -> None:
    """Without a word, for nothing is lost."""
    assert expanded(body) == (expected, [])


def test_a_gallery_is_its_pictures() -> None:
    """Those that it numbers, in its order, or those that were uploaded to the post, by number."""
    one = '<img src="https://a.example/7.jpg" alt="A pier">'
    two = '<img src="https://a.example/12.jpg?a=1&amp;b=2" alt="">'
    assert expanded('[gallery ids="12, 7"]') == (f"\n\n{two}\n\n{one}\n\n", [])
    assert expanded("[gallery]") == (f"\n\n{one}\n\n{two}\n\n", [])


def test_pictures_that_are_not_in_the_export_are_said() -> None:
    """With how many they are."""
    assert expanded('[gallery ids="7,8"]')[1] == [
        (1, 'The shortcode [gallery ids="7,8"] could not be shown: 1 of its 2 pictures are missing from the export.')
    ]
    out, said = Shortcodes({}, "1", repairs := Repairs()).expanded("[gallery]"), repairs.notes
    assert (out.strip(), len(said)) == ("", 1)


@pytest.mark.parametrize(
    ("body", "expected", "what"),
    [
        ("[slide]A <b>b</b>[/slide]", "A <b>b</b>", "its content was kept"),
        ('[button url="https://a.example"]Go[/button]', '<a href="https://a.example">Go</a>', "its content was kept"),
        ('[tab title="More"]\nA\n\nB[/tab]', "\n\n<strong>More</strong>\n\n\nA\n\nB", "its content was kept"),
        ('[map src="https://m.example/1"]', '<iframe src="https://m.example/1"></iframe>', "its address was kept"),
        ("[hulu https://h.example/1]", '<iframe src="https://h.example/1"></iframe>', "its address was kept"),
        ("[polls id=3]", "", "it was left out"),
        ("[contact-form][/contact-form]", "", "it was left out"),
        ("[embed]nothing[/embed]", "nothing", "its content was kept"),
    ],
)
def test_what_only_a_plugin_knows_is_kept_as_far_as_can_be(body: str, expected: str, what: str) -> None:
    """Its content, else its address; the rest is said."""
    out, said = expanded(body)
    assert out == expected
    assert len(said) == 1
    assert said[0][1].endswith(f"could not be shown: {what}.")


def test_shortcodes_within_shortcodes_are_read_and_said_by_their_lines() -> None:
    """Lines are those of the file."""
    out, said = expanded("a\n[quiz]\n[answer]b[/answer]\n[/quiz]\n\n[polls id=3]", line=10)
    assert out == "a\n\nb\n\n\n"
    assert [line for line, _ in said] == [12, 11, 15]


@pytest.mark.parametrize(
    "text",
    [
        "He said [sic] so.",
        "A note [1] and [Ed. note: here].",
        "[update]",
        "a [/b] c",
        "<pre>[gallery ids=1]</pre>",
        "<code>[embed]x[/embed]</code>",
        '<a title="[gallery]">x</a>',
        "<!-- [gallery] -->",
        "a [ b ] c",
        "array[index]",
        "<pre>[a b=1]",
    ],
)
def test_what_is_not_surely_a_shortcode_is_text(text: str) -> None:
    """Words in brackets, code, attributes and comments stay; a tag that is not closed protects nothing else."""
    expected = "<pre>" if text == "<pre>[a b=1]" else text
    assert expanded(text)[0] == expected


def test_a_shortcode_in_two_brackets_is_text_about_one() -> None:
    """As WordPress has it."""
    assert expanded("Write [[gallery ids=1]].") == ("Write [gallery ids=1].", [])


def test_a_closing_tag_alone_of_one_that_is_known_is_left_out() -> None:
    """It stands for nothing."""
    assert expanded("a[/caption]b[/other]") == ("ab[/other]", [])


@pytest.mark.parametrize("body", ["{}", "a\n{}\nb", "<p>{}</p>", "<div>\n{}\n</div>", "a<br>{}"])
def test_a_known_address_alone_on_its_line_is_shown_in_place(body: str) -> None:
    """As WordPress does it for its providers."""
    address = "https://www.youtube.com/watch?v=a&amp;b=c"
    shown = '<iframe src="https://www.youtube.com/watch?v=a&amp;b=c"></iframe>'
    assert expanded(body.format(address))[0] == body.format(shown)


@pytest.mark.parametrize(
    "body",
    [
        "see https://youtu.be/x",
        "<b>see</b> https://youtu.be/x",
        "https://youtu.be/x <i>a</i>",
        "https://a.example/x",
        "<pre>\nhttps://youtu.be/x\n</pre>",
    ],
)
def test_other_addresses_stay_text(body: str) -> None:
    """Those in a sentence, those of unknown sites, those in code."""
    assert expanded(body) == (body, [])


def test_deep_nesting_comes_to_an_end() -> None:
    """What is too deep stays as it is written."""
    body = "".join(f"[a{n} x=1]" for n in range(50)) + "z" + "".join(f"[/a{n}]" for n in reversed(range(50)))
    out, said = expanded(body)
    assert "z" in out
    assert len(said) == 8


@given(
    st.lists(
        st.sampled_from(["[", "]", "a", "/a", " b=1", '"', "'", "<p>", "<pre>", "\n", "gallery", "caption", "https://youtu.be/x", "<!--"]),
        max_size=25,
    )
)
def test_any_text_comes_to_an_end(parts: list[str]) -> None:
    """Whatever the brackets do."""
    assert isinstance(expanded("".join(parts))[0], str)
