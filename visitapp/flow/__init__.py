"""What happens to a visit, one module for each step and one transaction for each function."""
