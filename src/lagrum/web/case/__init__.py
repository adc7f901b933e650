"""What the pages about a case show, apart from how they look."""
