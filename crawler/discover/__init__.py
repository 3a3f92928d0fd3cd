"""From a bare address to a portal file: the family, the columns of annual reports, and what they hold."""
