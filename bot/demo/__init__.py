"""The demo: a sample city that behaves like a real one, and a clock that can be moved."""
