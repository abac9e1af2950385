"""HTTP: access, security, errors, the tablet's interface and the screens."""
