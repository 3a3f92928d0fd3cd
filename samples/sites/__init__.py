"""The two portals of the county: one module a CMS family."""
