"""Assessment: levels now and wanted, the questionnaire, gaps, the profile."""
