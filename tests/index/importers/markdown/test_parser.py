"""How does Markdown become tokens, quickly?"""

from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from index.importers.markdown.body import DEFINITION
from index.importers.markdown.parser import DEEPEST, parser

PIECES = st.sampled_from(
    [
        *("a", "b c", " ", "  ", "\n", "\n\n", "\t", "    ", "- ", "* ", "1. ", "3) ", "> ", "# ", "---\n", "===\n"),
        *(
            "```\n",
            "~~~",
            "$$",
            "| a | b |\n",
            "|---|---|\n",
            ":-|\n",
            ": ",
            "~ ",
            "[^1]: ",
            "[^1]",
            "[a]: b\n",
            "[a]",
            "(b)",
            "![",
            "](",
            ")",
        ),
        *("*", "**", "_", "~~", "`", "<b>", "</b>", "<div>\n", "<!-- ", "-->", "<https://a.b>", "&amp;", "&#42;", "\\", "\\*", "!"),
        *("^[", "\xa0", "é", "“"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text()


@cache
def library() -> MarkdownIt:
    """markdown-it with the same rules, tried in its own order."""
    plain = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    plain.use(footnote_plugin, move_to_end=False).use(deflist_plugin).use(dollarmath_plugin).disable("math_inline")
    plain.core.ruler.enableOnly(["normalize", "block"])
    plain.normalizeLink = lambda url: url  # type: ignore[method-assign] # addresses are left as they stand
    plain.validateLink = bool  # type: ignore[method-assign]  # addresses are left as they stand
    return plain


@given(TEXTS)
@example("a\n: b\n===\n")
@example("| a |\n|---|\ntext\n- b\n")
def test_the_tokens_are_those_of_the_library(text: str) -> None:
    """The order in which rules are asked changes nothing that they find."""
    ours, theirs = dict[str, object](definitions=DEFINITION.search(text) is not None), dict[str, object]()
    mine, its = parser().parse(text, ours), library().parse(text, theirs)
    assert mine == its
    for token in its:
        if token.type == "inline":
            assert parser().parse_inline(token.content, ours) == library().inline.parse(token.content, library(), theirs, [])


def test_deep_nesting_keeps_its_words() -> None:
    """Where the library would skip what is nested too deep, it becomes text."""
    env: dict[str, object] = {}
    tokens = parser().parse(">" * 100 + " deep\n\nmore", env)
    assert any("deep" in token.content for token in tokens)
    assert env["too_deep"] == 0
