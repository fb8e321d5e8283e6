"""What is typed about councils: checked for its shape here, and for everything else by the actions."""
