"""How does a page that was flattened to text become an article?

Lines are numbered, and pass after pass takes its share of them: furniture at head and tail, repeats, lists, tables, headings; what is left
are paragraphs. Its law: shapes decide, not one site's words; whatever is dropped or guessed is a repair with its line.
"""

from index.importers.text.page import read

__all__ = ["read"]
