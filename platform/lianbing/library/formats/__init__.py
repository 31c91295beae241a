"""Where law texts come from: files, folders and archives named on a command line or uploaded."""
