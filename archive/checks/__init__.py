"""What needs more than one document."""
