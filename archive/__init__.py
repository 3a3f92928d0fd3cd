"""What we keep and show."""
