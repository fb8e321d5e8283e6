"""What people type in councils. Forms check the shape; the actions decide."""
