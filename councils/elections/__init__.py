"""Elections as they were held, run again through our own actions."""
