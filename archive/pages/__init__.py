"""What each page of the site says, as values: read from archive.db, rendered by the templates in site/."""
