"""The app in a browser: a server that lets in whom it was told to, and one confined process for each session."""
