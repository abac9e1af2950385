"""The only SQL: one seam over SQLite and PostgreSQL, one module for each noun."""
