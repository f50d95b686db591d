"""Step 1: choose a file, how it was collected, or take a template to fill in."""

from datetime import date
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from config import settings
from config.errors import SynergiaError
from dashboard import frame
from dashboard.importing import downloads, parts
from dashboard.importing.staging import Upload
from data.importers import Options
from data.model import Channel

KINDS = ("table", "materiaalitori", "prtr", "geo")
SUFFIXES = ["csv", "xlsx", "json", "geojson", "gpkg", "zip", "gz"]
_WIDGET = """
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p{font-size:0}
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p::after{
content:'BUTTON';font-size:.875rem}
[data-testid=stFileUploaderDropzoneInstructions]{font-size:0}
[data-testid=stFileUploaderDropzoneInstructions] *{display:none}
[data-testid=stFileUploaderDropzoneInstructions]::after{content:'DROP';font-size:.875rem;color:GREY}
"""
_REFUSED = "import_refused"


def step() -> None:
    """Let the user choose; a file that no importer reads is refused here, with the sentence that says why."""
    parts.jobs().workers.warm()
    frame.sentence(escape(frame.say("importing.ask")))
    refused = st.session_state.pop(_REFUSED, None)
    if isinstance(refused, SynergiaError):
        parts.refusal(refused)
    files = _uploader()
    channel, dated = _collected()
    options = Options(channel=channel, dated=dated, language=frame.language())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            frame.say("importing.check_file"),
            type="primary",
            key="check_file",
            disabled=not files,
            on_click=_stage,
            args=(files, options),
        )
    _kinds()
    _templates()


def _uploader() -> list[UploadedFile]:
    megabytes = settings.load().import_max_mb
    # The widget's own words are English: ours stand in their place.
    words = {"BUTTON": "importing.choose_file", "DROP": "importing.drop_file"}
    rules = _WIDGET.replace("GREY", frame.colours().secondary)
    for name, key in words.items():
        rules = rules.replace(name, frame.say(key, megabytes=megabytes))
    st.html(f"<style>{rules}</style>")
    return st.file_uploader(
        frame.say("importing.file"),
        type=SUFFIXES,
        accept_multiple_files=True,
        key="import_files",
        max_upload_size=megabytes,
    )


def _collected() -> tuple[Channel | None, date | None]:
    left, right = st.columns(2)
    channel = left.selectbox(
        frame.say("importing.channel"),
        [None, *Channel],
        format_func=lambda value: frame.say(f"channel.{value}" if value else "importing.channel_from_file"),
        key="import_channel",
        help=frame.say("importing.channel_help"),
    )
    dated = right.date_input(
        frame.say("importing.dated"),
        value=None,
        format="YYYY-MM-DD" if frame.language() == "en" else "DD.MM.YYYY",
        key="import_dated",
        help=frame.say("importing.dated_help"),
    )
    return channel, dated


def _stage(files: list[UploadedFile], options: Options) -> None:
    uploads = [Upload(file.name, file.getvalue()) for file in files]
    try:
        staged = parts.jobs().staging.put(uploads, options)
    except SynergiaError as error:
        st.session_state[_REFUSED] = error
        return
    st.query_params[parts.ID] = staged.id
    job = parts.jobs().open(staged.id)
    if job is not None:
        job.check()
        job.wait(parts.PATIENCE_S)


def _kinds() -> None:
    told = [(frame.say(f"importing.kind_{kind}"), frame.say(f"importing.kind_{kind}_files")) for kind in KINDS]
    rows = "".join(f"<li><b>{escape(name)}</b>: {escape(files)}</li>" for name, files in told)
    st.subheader(frame.say("importing.kinds"), anchor=False)
    st.html(f'<ul class="advice">{rows}</ul>')


def _templates() -> None:
    st.subheader(frame.say("importing.templates"), anchor=False)
    frame.note(frame.say("importing.templates_note"))
    downloads.templates()
