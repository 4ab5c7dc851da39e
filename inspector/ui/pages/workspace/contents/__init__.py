"""The contents of an inspection: what is to be checked, item by item, with what was found."""
