from setfair.files.tests.conftest import scanner

__all__ = ["scanner"]
