"""A viewer without a browser: speaks Streamlit's own protocol and times the answers of the server."""

from collections.abc import Mapping
from time import perf_counter
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

MOST_BYTES = 200 * 2**20


class Viewer:
    """Hold one session open and ask for runs of a page."""

    def __init__(self, host: str, query: str = "") -> None:
        self._address = f"ws://{host}/_stcore/stream"
        self._origin = f"http://{host}"
        self._query = query
        self._widgets: dict[str, WidgetState] = {}
        self._ids: set[str] = set()
        self._socket: ClientConnection | None = None
        self._page = ""
        self.received_bytes = 0

    async def __aenter__(self) -> Self:
        """Open the session."""
        self._socket = await connect(
            self._address,
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(self._origin),
            max_size=MOST_BYTES,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session."""
        if self._socket:
            await self._socket.close()

    async def run(self, page: str = "", changes: Mapping[str, WidgetState] | None = None) -> float:
        """Ask for a run of the page, with changed widgets by their key; give the seconds until it has finished."""
        assert self._socket is not None  # noqa: S101 - a viewer is used inside its with block
        for key, state in (changes or {}).items():
            state.id = self.widget(key)
            self._widgets[state.id] = state
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.extend(self._widgets.values())
        began = perf_counter()
        await self._socket.send(message.SerializeToString())
        while not self._take(await self._socket.recv()):
            pass
        return perf_counter() - began

    def widget(self, key: str) -> str:
        """Find the id that the server gave the widget with this key."""
        return next(identity for identity in self._ids if identity.endswith(f"-{key}"))

    def _take(self, data: str | bytes) -> bool:
        raw = data.encode() if isinstance(data, str) else data
        self.received_bytes += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
        if kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            inner = getattr(element, element.WhichOneof("type") or "", None)
            self._ids.add(getattr(inner, "id", ""))
        return kind == "script_finished"
