"""What would open most: the one checks step that lets most people go on uncovered visits."""
