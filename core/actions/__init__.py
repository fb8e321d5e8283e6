"""Everything that can happen: one verb each, under the noun. Lock, ask, check the step, change, record, tell,
return.
"""
