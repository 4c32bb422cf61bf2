"""Layers, gazetteer, placing and joining: everything that knows about the earth."""
