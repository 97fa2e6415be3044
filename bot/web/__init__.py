"""The web page: a chat for the browser, served by aiohttp."""
