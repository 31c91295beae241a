"""Django's SQLite backend with fair turns for writers (ENGINE "lianbing.kit.sqlite").

SQLite lets one writer in at a time, and its own waiting is unfair: who sleeps longest may starve for
seconds. Inside one process writers therefore queue here, first come, first served, around
`BEGIN IMMEDIATE` ... `COMMIT`. Between processes SQLite's busy timeout still decides.
"""
