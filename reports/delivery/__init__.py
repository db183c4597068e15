"""What leaves the site: letters to subscribers, the feed, webhooks.

links       signed addresses to confirm and to leave · subscribing  who gets what
planning    which letters and messages an edition makes · letters, editions  what a letter says
posting     how a letter is handed to the mail server, once
webhooks    registering and delivering · outward  requests to addresses that others have named
"""
