"""How does a document look as HTML and as Markdown?"""
