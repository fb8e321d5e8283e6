"""The post: who is told what, in which words, on the page and by mail (DESIGN section 9)."""
