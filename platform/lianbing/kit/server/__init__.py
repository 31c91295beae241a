"""One process, two doors: HTTP to Django's WSGI handler in a fixed pool of threads, WebSockets to Channels.

`environ` translates a request, `door` runs it, `life` starts and stops what lives beside the requests,
`run` is the process `manage.py serve` becomes.
"""
