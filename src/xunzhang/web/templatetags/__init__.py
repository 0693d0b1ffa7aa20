"""The tag library `xz`."""
