"""The Import dialog: what another program's file holds, and what the plan would become with it."""
