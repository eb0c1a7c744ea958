"""Screens and dialogs; a dialog is a ``ModalScreen`` that returns plain data."""
