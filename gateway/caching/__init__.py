"""What may be answered from memory?"""
