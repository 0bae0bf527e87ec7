"""Which articles, and how many of those?"""
