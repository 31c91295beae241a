"""The live side of contests: WebSockets, rooms, the fan-out of news."""
