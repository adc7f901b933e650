"""The calls that the web pages, the HTTP API and assistants share: no HTTP in here, and no words for people."""
