"""Words on their way to a person: translation, cleaning and width. The bottom room: it imports nothing of ours."""
