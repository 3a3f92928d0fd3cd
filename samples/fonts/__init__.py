"""The one font of the PDFs: a subset of Noto Sans SC with the characters that the reports print."""
