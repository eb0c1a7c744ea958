"""Sections of ``planner show`` that draw on the catalogue, one file each."""
