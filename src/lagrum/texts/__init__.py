"""Official text: acts as their publisher prints them, read from files a user has, kept outside the repository."""
