"""What one file cannot know: who still holds what another file reloads or unloads. Knows no output."""
