"""What is measured inside the application: programs with the settings of a running house."""
