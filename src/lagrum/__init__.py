"""What the law on artificial intelligence forbids, requires and lets through, exactly."""

__version__ = "0.1.0"
