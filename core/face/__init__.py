"""What pages need to draw: initials, bars, times in words, differences, marked-up text. No queries, no permissions."""
