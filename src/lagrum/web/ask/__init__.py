"""What the pages of an interview show, apart from how they look."""
