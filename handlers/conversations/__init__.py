"""The conversations. Each module exports ``COMMANDS`` and, where it has forms, ``FLOWS``."""
