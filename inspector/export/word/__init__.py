"""What is made of python-docx, docxtpl and lxml. Imported only when a document is made or read: they start slowly."""
