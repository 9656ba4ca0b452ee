"""Floor 0: the memory of the house. One line for every act, and the one function that moves a stage.

A line holds ids and codes, never names or words. The application may add lines and
read them; the database refuses to change or remove one.
"""
