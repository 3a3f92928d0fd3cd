"""A made-up county, its portals and reports, with their truth."""
