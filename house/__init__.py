"""Starts and keeps the processes: database, broker, web, workers, clock. No Django."""
