"""What things are: frozen dataclasses and tuples, no files, no clock."""
