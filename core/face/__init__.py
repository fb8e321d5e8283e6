"""What pages need to draw: initials, bars, times in words, differences, marked-up text. Pure: no queries, no permissions."""
