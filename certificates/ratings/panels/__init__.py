"""What stands of ratings on front pages, and what their acts are called."""
