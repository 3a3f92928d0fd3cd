"""How a request is made: whom it may ask and when, what comes over the wire, and when to leave off."""
