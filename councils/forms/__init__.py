"""What people type about councils. Forms check the shape; rules and actions decide."""
