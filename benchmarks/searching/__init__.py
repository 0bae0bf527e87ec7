"""How fast is a search, beside which other engines?"""
