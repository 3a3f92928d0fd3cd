"""Captures that others made, brought into the store: each keeps who captured it, when and from where."""
