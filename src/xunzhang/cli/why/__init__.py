"""`xunzhang why`."""
