"""Tests: each reads as a rule of the product."""
