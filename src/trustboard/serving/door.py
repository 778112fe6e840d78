"""The door through which all that is asked and answered goes.

It puts finished answers in the place of the words for them, and knows when somebody is waiting.
"""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustboard.ahead import AHEAD, Ahead
from trustboard.outbox import OUTBOX, Outbox
from trustboard.serving.sockets import MANY

#: Asked for by whatever watches over a server, every few seconds; nobody waits for more than it.
HEALTH: Final = "/_stcore/health"


class Door:
    """Sends an answer from the outbox where a message says only the word for it.

    Its messages go out one after the other, as if they had just been made; the browser sees no
    difference. Our own server takes them in one piece. While somebody asks for something or is
    being answered, nothing is drawn ahead.
    """

    def __init__(self, app: ASGIApp, *, outbox: Outbox = OUTBOX, ahead: Ahead = AHEAD) -> None:
        self._app, self._outbox, self._ahead = app, outbox, ahead

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; stand at the door of a socket."""
        if scope["type"] == "http" and scope.get("path") != HEALTH:
            self._ahead.stir()
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def let_in() -> Message:
            message = await receive()
            self._ahead.stir()
            return message

        async def hand_out(message: Message) -> None:
            self._ahead.stir()
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
        await self._app(scope, let_in, hand_out)
