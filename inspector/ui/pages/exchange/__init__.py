"""Exchange with other laptops: its place is kept."""
