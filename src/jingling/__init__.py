"""Jingling 精灵: an open smart speaker and screen that a household runs itself."""

__version__ = "0.1.0"
