"""How does what archives hold become articles?"""
