"""`xunzhang rehearse`."""
