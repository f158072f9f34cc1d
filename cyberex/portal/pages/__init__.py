"""The pages of each kind of visitor, one module a kind. Served by `cyberex.portal.app`."""
