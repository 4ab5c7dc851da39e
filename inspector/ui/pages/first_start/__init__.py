"""The first start: who works here, with whom, and a recovery code that was written down."""
