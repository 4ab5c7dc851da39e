"""The checklists: their versions, what stands in them, and taking one in from Excel."""
