"""The door through which the messages of a page go: it puts finished answers in their place."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard.outbox import OUTBOX, Outbox
from trustboard.serving.sockets import MANY


class Door:
    """Sends an answer from the outbox where a message says only the word for it.

    Its messages go out one after the other, as if they had just been made; the browser sees no
    difference. Our own server takes them in one piece.
    """

    def __init__(self, app: ASGIApp, *, outbox: Outbox = OUTBOX) -> None:
        self._app, self._outbox = app, outbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; stand at the door of a socket."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def hand_out(message: Message) -> None:
            said = message.get("bytes") if message["type"] == "websocket.send" else None
            answer = None if said is None else self._outbox.collect(said)
            if answer is None:
                await send(message)
                return
            if at_once:
                await send({"type": MANY, "messages": answer})
                return
            for piece in answer:
                await send({"type": "websocket.send", "bytes": piece})

        at_once = MANY in scope.get("extensions", {})
        self._outbox.is_attended = True
        await self._app(scope, receive, hand_out)
