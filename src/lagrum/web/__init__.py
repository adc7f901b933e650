"""The web application: pages for people, and the HTTP API."""
