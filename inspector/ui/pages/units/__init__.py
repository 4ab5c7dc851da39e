"""The units: provinces, communes, departments and those that were; what was inspected there."""
