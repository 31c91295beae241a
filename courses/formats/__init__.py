"""Files that become drafts of courses: Word and PowerPoint, read in a process of their own."""
