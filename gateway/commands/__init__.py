"""What does each command do?"""
