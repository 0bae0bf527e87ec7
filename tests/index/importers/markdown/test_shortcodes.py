"""Where do templates call on their site, and how are those calls kept out of Markdown's way?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, Code, Embed, Image, ImageBlock, Mark, Paragraph, RepairKind, Span
from index.importers.flow import Heading
from index.importers.markdown import body
from index.importers.markdown.shortcodes import CLOSE, OPEN, Calls
from index.importers.repairs import Repairs


def read(text: str) -> tuple[list[Heading | Block], list[tuple[int | None, RepairKind, str]]]:
    """What a text becomes, and what has to be said of it."""
    repairs = Repairs()
    out = body(text, repairs)
    return out, [(note.repair.line, note.repair.kind, note.repair.message) for note in repairs.notes]


def flow(text: str) -> list[Heading | Block]:
    """What a text becomes."""
    return read(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{{< youtube dQw4w9WgXcQ >}}",
            '{{% youtube id="dQw4w9WgXcQ" %}}',
            '{{ youtube(id="dQw4w9WgXcQ") }}',
            "{% youtube dQw4w9WgXcQ %}",
        ),
        *("{{< youtube dQw4w9WgXcQ />}}", "{{youtube `dQw4w9WgXcQ`}}", '{%- youtube "dQw4w9WgXcQ" -%}'),
    ],
)
def test_an_embed_in_every_dialect(text: str) -> None:
    """Hugo, Zola, Jekyll and Go call alike."""
    found, said = read(f"a\n\n{text}\n")
    assert found == [Paragraph("a"), Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    assert said == [(3, RepairKind.OTHER, f"“{text}” is kept as an embed.")]


def test_a_figure() -> None:
    """A figure's source, words and caption make an image."""
    assert flow('{{< figure src="/pier.jpg" alt="A pier" caption="Built in *1904*" width="640" >}}') == [
        ImageBlock(Image("/pier.jpg", "A pier", 640), "Built in 1904")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{% highlight js linenos %}\nlet a = `{{ b }}`;\n\n  c\n{% endhighlight %}",
        '{{< highlight js "linenos=table" >}}\nlet a = `{{ b }}`;\n\n  c\n{{< /highlight >}}',
        "{% codeblock lang:js %}\nlet a = `{{ b }}`;\n\n  c\n{% endcodeblock %}",
    ],
)
def test_code_between_tags(text: str) -> None:
    """What stands between such tags is code, blank lines and braces included."""
    found, said = read(f"a\n\n{text}\n\nb")
    assert found == [Paragraph("a"), Code("let a = `{{ b }}`;\n\n  c", "js"), Paragraph("b")]
    assert said == []


def test_formulas_and_drawings_between_tags() -> None:
    """Formulas have the language `math`, drawings that of their tool."""
    assert flow("{{< katex >}}\na_b\n{{< /katex >}}\n\n{{< mermaid >}}\ngraph\n{{< /mermaid >}}") == [
        Code("a_b", "math"),
        Code("graph", "mermaid"),
    ]


@pytest.mark.parametrize(
    "code",
    [
        *(
            "`{{< youtube abc >}}`",
            "``a ` {% b %}``",
            "```\n{{< youtube abc >}}\n{% raw %}\n```",
            "~~~go\n{{ .Title }}\n~~~",
            "    {{< youtube abc >}}",
        ),
        *("- a\n\n  ```\n  {{ b }}\n  ```", "> ```\n> {% b %}\n> ```", "\t{{ raw }}\n\tand {% more %}"),
    ],
)
def test_code_that_looks_like_a_call(code: str) -> None:
    """In code nothing is a call, nothing changes, and nothing is said."""
    found, said = read(code)
    texts = repr(found)
    assert OPEN not in texts
    assert [part in texts for part in ("{{", "{%")] == [part in code for part in ("{{", "{%")]
    assert said == []


def test_a_call_over_several_lines_in_indented_code() -> None:
    """Code that only Markdown sees gets its lines back as they were."""
    code = '    {% include "a.html",\n    b: "c" %}\n    d\n'
    assert flow(f"x\n\n{code}\ny {{% include e.png %}}")[1] == Code('{% include "a.html",\nb: "c" %}\nd')


def test_raw_text() -> None:
    """What is marked as raw loses the mark and nothing else."""
    assert flow("{% raw %}\n```\n{{ a }}\n```\n{% endraw %}\n\n{{raw `\n    {{ b }}\n`}}\n") == [Code("{{ a }}"), Code("{{ b }}")]
    assert flow("{{</* youtube abc */>}}") == [Paragraph("{{< youtube abc >}}", ())]


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("{{ site.baseurl }}/docs/a", "/docs/a"),
        ("{{site.baseurl}}", "/"),
        ("{{ '/docs/a' | relative_url }}", "/docs/a"),
        ('{{ "/docs/a b/" | url }}', "/docs/a%20b/"),
        ("{% link _posts/2016-07-26-a.md %}", "_posts/2016-07-26-a.md"),
        ("{% post_url 2016-07-26-a %}", "2016-07-26-a"),
        ('{{< ref "2016-07-26-a.md" >}}', "2016-07-26-a.md"),
        ('{{< relref "/docs/a#b" >}}', "/docs/a#b"),
        ('{{% ref path="/docs/a" lang="en" %}}', "/docs/a"),
        ('{{< unknown "events/a.md" >}}', "events/a.md"),
        ("{{ .Site.BaseURL }}docs", "docs"),
        ("https://a.example/{{ page.lang }}/b", "https://a.example//b"),
    ],
)
def test_addresses(address: str, href: str) -> None:
    """In a link a call is the path that it names, the top of the site nothing before it."""
    for text in (f"[a]({address})", f'[a]({address} "title")', f"[a][b]\n\n[b]: {address}", f'<a href="{address}">a</a>'):
        if '"' in address and text.startswith("<"):
            continue
        found, said = read(text)
        assert found == [Paragraph("a", (Span("a", (), href),))]
        assert len(said) == 1


def test_links_around_calls() -> None:
    """A call within a link's words, and one in its address."""
    assert flow('[{{< img src="a.png" alt="A" >}}](b.png) [see *{{< ref "x" >}}*]({{ site.url }}/c)')[0] == Paragraph(
        "A see", (Span("A", (), "b.png", Image("a.png", "A")), Span(" "), Span("see", (), "/c"))
    )


def test_pairs_keep_what_they_hold() -> None:
    """An opening and a closing call go, what is between them stays Markdown."""
    found, said = read('{{< accordion title="Tides" >}}\n\n- *a*\n\n{{< /accordion >}}\n\n{% if x %}\n## b\n{% endif %}')
    assert found[0] == Paragraph("Tides", (Span("Tides", (Mark.STRONG,)),))
    assert [type(thing).__name__ for thing in found] == ["Paragraph", "List", "Heading"]
    assert said == [
        (1, RepairKind.OTHER, '“{{< accordion title="Tides" >}}” is kept as text.'),
        (7, RepairKind.MARKUP_DROPPED, "“{% if x %}” means nothing outside its site, and is left out."),
    ]


def test_pairs_on_one_line() -> None:
    """A label between an opening and a closing call is a link where there is an address."""
    found, said = read('{{< button href="/a" >}}Go *on*{{< /button >}} and {{% u %}}b{{% /u %}}')
    assert found == [Paragraph("Go on and b", (Span("Go ", (), "/a"), Span("on", (Mark.EMPHASIS,), "/a"), Span(" and b")))]
    assert [line for line, _, _ in said] == [1, 1]


def test_what_means_nothing_is_named_once() -> None:
    """A call of which nothing comes is left out, and said with the line where it first stands."""
    found, said = read("a {{ page.title }} b\n{{ page.title }}\n\n{{< toc >}}\n\n# c {{ .Params.x }}")
    assert found == [Paragraph("a b"), Heading("c", 1)]
    assert said == [
        (1, RepairKind.MARKUP_DROPPED, "“{{ page.title }}” means nothing outside its site, and is left out."),
        (4, RepairKind.MARKUP_DROPPED, "“{{< toc >}}” means nothing outside its site, and is left out."),
        (6, RepairKind.MARKUP_DROPPED, "“{{ .Params.x }}” means nothing outside its site, and is left out."),
    ]


@pytest.mark.parametrize("text", ["{{1,2},{3}}", "q: {%d,%d}", "a {{ b", "{% c", "{{ d e f", "{: none of it}", "{{}}", "{ {a} }"])
def test_braces_that_are_no_call(text: str) -> None:
    """Braces are text unless they hold a call."""
    found, said = read(text)
    assert (found, said) == ([Paragraph(text)], [])


def test_comments() -> None:
    """A template's comment is nothing."""
    assert read("a {% comment %} b\n\n{{< c >}} {% endcomment %} d {::comment}e{:/comment} f") == ([Paragraph("a"), Paragraph("d f")], [])


def test_attributes_of_kramdown() -> None:
    """Attributes go, and are named."""
    found, said = read('a *b*{:.c}\n{: .d #e title="f g"}\n\n* TOC\n{:toc}')
    assert found[0] == Paragraph("a b", (Span("a "), Span("b", (Mark.EMPHASIS,))))
    assert [(line, kind) for line, kind, _ in said] == [
        (1, RepairKind.MARKUP_DROPPED),
        (2, RepairKind.MARKUP_DROPPED),
        (5, RepairKind.MARKUP_DROPPED),
    ]


def test_calls_within_html() -> None:
    """In raw HTML a call is markup, in a tag an address."""
    found, _ = read('<div><p>a {{< youtube abc >}}</p>\n<img src="{{ site.baseurl }}/b.png" alt="B"> <b>{{% u text="c <d>" %}}</b></div>')
    assert Embed("https://www.youtube.com/watch?v=abc") in found
    assert "/b.png" in repr(found)
    assert "c <d>" in repr(found)


def test_lines_keep_their_numbers() -> None:
    """What stands below a call of several lines has the line that it has in the file."""
    _, said = read('{% include "a.html",\n   image: "b.png"\n%}\n\n{% highlight js %}\n\n\n{% endhighlight %}\n{{< x >}}')
    assert [line for line, _, _ in said] == [1, 9]


def test_marks_in_the_source() -> None:
    """The characters that stand for calls are no text's; in a source they become U+FFFD."""
    assert flow(f"a {OPEN}0{CLOSE} {{{{< youtube abc >}}}}") == [Paragraph("a \ufffd0\ufffd"), Embed("https://www.youtube.com/watch?v=abc")]


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{{<",
                ">}}",
                "{%",
                "%}",
                "raw",
                "endraw",
                " ",
                "\n",
                "`",
                "```",
                "a",
                '"',
                "'",
                "(",
                ")",
                "/",
                "|",
                "{:",
                "}",
                "<!--",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_braces_at_all(text: str) -> None:
    """No braces make it fail, lines keep their number, and no mark is left in what comes out."""
    calls = Calls(text, Repairs(), 1, None)
    assert calls.text.count("\n") == text.count("\n")
    assert OPEN not in repr(body(text, Repairs()))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{% a " + '"x" ' * 500,
            "{% a " + "'x' " * 500,
            "{{ a " + "| b " * 500,
            "{{< a " + '"x" ' * 500,
            "{{< a " + "`x` " * 500,
            "{: " + "x=a.b=c.d " * 500,
        ),
        *(
            "{{ a(" + '"b", ' * 500,
            "{% raw %}" * 500,
            "{{</* " * 500,
            "{{< a >}}b" * 500,
            "```" * 500 + "{{",
            "`` ` " * 500 + "{{",
            "{{ " + "a.b " * 500,
        ),
    ],
)
def test_calls_that_never_end(text: str) -> None:
    """What only begins like a call is found out at once, however long it is."""
    assert len(body(text, Repairs())) <= 1
