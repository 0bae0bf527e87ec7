"""How documents are shown: the GraphQL types, their resolvers and renderings."""
