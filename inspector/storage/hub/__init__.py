"""The log of the office hub (máy chủ văn phòng): what laptops sent, in SQLite or PostgreSQL, and nothing derived."""
