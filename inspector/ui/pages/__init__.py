"""The screens, one folder or module each; each is a ``Page``."""
