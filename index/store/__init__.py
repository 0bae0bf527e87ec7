"""I have an id: give me my document."""
