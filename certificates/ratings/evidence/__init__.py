"""Where points come from: one file per source, each telling what happened to whom and where that is written."""
