"""An MCP server, so that assistants cite rulings instead of inventing them. Needs the extra `serve`."""

from lagrum.assistant.server import serve

__all__ = ["serve"]
