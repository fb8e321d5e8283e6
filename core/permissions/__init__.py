"""May they? Each answer is a Verdict: yes, or no with a sentence."""
