"""What it says: bytes in, a Reading out. No network, clock, database or path."""
