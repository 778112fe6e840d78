"""Keep every version of what publishers published: snapshots, their differences, their history.

`store` and what it needs only find and write folders; `differences` and `ledger` compare tables in
memory; `refresh` brings it together: fetch, compare, check, switch.
"""
