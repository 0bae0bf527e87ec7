"""How the world reaches it: HTTP, GraphiQL, the front page, the command line."""
