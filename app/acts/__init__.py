"""What officials do, a file a noun: run alike by the demo, the clock and, later, the endpoints."""
