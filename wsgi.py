"""The application for any WSGI server: `granian --interface wsgi wsgi:app`. `visitapp serve` does this and more."""

from visitapp import create_app

app = create_app()
