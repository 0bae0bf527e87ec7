"""What we have and where to find it: the document model, the importers, the store and the full-text index."""
