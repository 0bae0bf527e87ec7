"""What of MDX is no Markdown, and what becomes of it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, Code, Embed, Image, ImageBlock, Mark, Paragraph, RepairKind, Span
from index.importers.flow import Heading
from index.importers.markdown import body
from index.importers.repairs import Repairs


def read(text: str) -> tuple[list[Heading | Block], list[tuple[int | None, RepairKind, str]]]:
    """What a text becomes, and what has to be said of it."""
    repairs = Repairs()
    out = body(text, repairs)
    return out, [(note.repair.line, note.repair.kind, note.repair.message) for note in repairs.notes]


def test_modules_are_left_out() -> None:
    """Imports and exports are code of the site; each is named with its line."""
    found, said = read(
        'import Tabs from "@theme/Tabs";\nimport {\n  a,\n} from "b";\n\nexport const meta = {\n  c: 1,\n};\n\nText about\nimport duties and\nexport rules.\n'
    )
    assert found == [Paragraph("Text about import duties and export rules.")]
    assert [(line, kind) for line, kind, _ in said] == [
        (1, RepairKind.MARKUP_DROPPED),
        (2, RepairKind.MARKUP_DROPPED),
        (6, RepairKind.MARKUP_DROPPED),
    ]


def test_components_become_what_they_show() -> None:
    """A component with a player's or a picture's arguments is one."""
    found, said = read('<YouTube id="dQw4w9WgXcQ" />\n\n<BlogImage src="/a.png" alt="A" caption={"B"} />\n\n<Hero title="C" />')
    assert found == [
        Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ImageBlock(Image("/a.png", "A"), "B"),
        Paragraph("C", (Span("C", (Mark.STRONG,)),)),
    ]
    assert [line for line, _, _ in said] == [1, 3, 5]


@pytest.mark.parametrize(
    ("text", "shown", "left_out"),
    [
        ("Hello{' '}\nthere, {\"Ada\"} and {`Bo`}, {42}", "Hello there, Ada and Bo, 42", []),
        ("It is {new Date()}, {fn({a: 1})}.", "It is , .", ["{new Date()}", "{fn({a: 1})}"]),
        ("`{a}` and \\{b\\} and $\\frac{c}{d}$ and ${e}", "{a} and {b} and $\\frac{c}{d}$ and ${e}", []),
        ("{a.map(b => <i>c</i>)}", "{a.map(b => c)}", []),
    ],
)
def test_expressions(text: str, shown: str, left_out: list[str]) -> None:
    """A literal is its text, what is computed is left out and named; code, formulas and what holds elements stay."""
    repairs = Repairs()
    (paragraph,) = body(text, repairs, mdx=True)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == shown
    said = [f"“{expression}” is worked out by the site, and is left out." for expression in left_out]
    assert [note.repair.message for note in repairs.notes] == said


def test_braces_are_text_where_nothing_says_that_it_is_mdx() -> None:
    """A heading's anchor is none of MDX's expressions either."""
    assert read("# A {b} {#c}") == ([Heading("A {b}", 1, "c")], [])
    assert body("# A {#c}", Repairs(), mdx=True) == [Heading("A", 1, "c")]


def test_components_keep_what_they_hold() -> None:
    """The tags of a component go, its content stays Markdown."""
    found, said = read('<Tabs groupId="x">\n<TabItem value="a">\n\n**b**\n\n</TabItem>\n</Tabs>\n\n<Divider/>')
    assert found == [Paragraph("b", (Span("b", (Mark.STRONG,)),))]
    assert [message for _, _, message in said] == [
        'The component “<Tabs groupId="x">” is left out, and what it holds stays.',
        'The component “<TabItem value="a">” is left out, and what it holds stays.',
        "The component “<Divider/>” is left out.",
    ]


def test_attributes_in_braces() -> None:
    """HTML with JSX's attributes is HTML: literals stay, what is computed goes."""
    found, said = read(
        "<div style={{float: 'left',\n  padding: 5}} className={'x'}>\n\n<img src={require('./a.png').default} alt={`A`} width={30} />\n\n</div>"
    )
    assert found == [ImageBlock(Image("./a.png", "A", 30))]
    assert said == []


@pytest.mark.parametrize("text", ["`<Foo a={1} />`", "```jsx\nimport a from 'b';\n\n<Foo {...c} />\n{/* d */}\n```", "    <Foo a={1} />"])
def test_code_is_left_alone(text: str) -> None:
    """In code a component is code."""
    found, said = read(text)
    assert said == []
    assert "Foo" in repr(found)


def test_words_in_angle_brackets_are_no_components() -> None:
    """`Vec<T>` is text unless the file is MDX."""
    assert read("Vec<T> and </T>")[0] == [Paragraph("Vec<T> and </T>")]
    assert read('import A from "a"\n\nb <T>c</T>')[0] == [Paragraph("b c")]


def test_comments() -> None:
    """A comment in braces is nothing."""
    assert read("a {/* b\n\nc */} d") == ([Paragraph("a"), Paragraph("d")], [])


def test_a_spread() -> None:
    """Attributes that are spread are passed over."""
    assert read("<Card {...props} title={x.y}>a</Card>")[0] == [Paragraph("a")]


def test_lines_keep_their_numbers() -> None:
    """A tag over several lines takes as many."""
    _, said = read("<Card\n  a={{\n    b: 1\n  }}\n/>\n<div style={{\n  c: 1\n}}>\n\n</div>\n\n{{< x >}}")
    assert [line for line, _, _ in said] == [1, 12]


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "/>", "</", "A", "b", " ", "\n", "={", "{", "}", "'", '"', "`", "import a from 'b'", "export default ", "{/*", "*/}"]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_tags_at_all(text: str) -> None:
    """No tags make it fail."""
    body(text, Repairs())


def test_code_beside_modules() -> None:
    """A fence that shows an import keeps it though the file is MDX."""
    assert read('import A from "a"\n\n```js\nimport B from "b"\n```')[0] == [Code('import B from "b"', "js")]


def test_elements_over_several_lines() -> None:
    """An element whose attributes go is one block still."""
    assert read(
        "<p style={{textAlign: 'center'}}>\n  <video\n    width={700}\n    style={{a: 5}}>\n    <source\n      src=\"/a.mp4\"\n    />\n  </video>\n</p>\n\nb"
    )[0] == [
        Embed("/a.mp4"),
        Paragraph("b"),
    ]


def test_a_closing_tag_whose_opening_is_lost() -> None:
    """A closing tag goes where its component is opened anywhere in the file."""
    assert read('</TabItem>\n<TabItem value="a">\n\nb\n\n</TabItem>')[0] == [Paragraph("b")]
