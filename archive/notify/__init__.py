"""Telling people what a crawl came to: events, and the ways they go out."""
