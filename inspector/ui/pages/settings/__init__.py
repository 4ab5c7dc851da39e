"""The settings: what the office keeps, how the program looks, how the data open and where they are copied."""
