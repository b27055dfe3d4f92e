"""Spreadsheets of strangers: read in a process that may die, written so that text stays text."""
