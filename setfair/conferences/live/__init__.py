"""What every page of a circle that lies open is told."""
