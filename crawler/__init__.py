"""Where to look: ends with bytes in the store, opens no report."""
