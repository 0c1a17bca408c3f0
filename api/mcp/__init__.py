"""Which tools does a language model get to ask the archive, and what do they answer?"""

from api.mcp.server import create_mcp_server

__all__ = ["create_mcp_server"]
