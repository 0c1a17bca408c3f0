"""Who may do what: keys with scopes, and which scope each route needs."""

from api.security.keys import Key, KeyRing, new_key
from api.security.scopes import SCOPES, AccessPolicy, Scope, required_scope

__all__ = ["SCOPES", "AccessPolicy", "Key", "KeyRing", "Scope", "new_key", "required_scope"]
