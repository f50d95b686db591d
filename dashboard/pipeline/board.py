"""The board: six columns with the most urgent cards, and below it those that have lapsed."""

from html import escape

import streamlit as st

from dashboard import frame
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.pipeline import choice, looks, moving
from dashboard.views.pipeline import Board, Card, Column, initials
from dashboard.wording import capital, number
from data.model import Stage


def draw(board: Board) -> None:
    """Draw the columns, the line of lapsed ones and the key of the colours."""
    kinds = "".join(
        f".st-key-open_card_{card.id}{{--kind:{frame.colours().types[card.type]}}}"
        for column in board.columns
        for card in column.cards
    )
    st.html(f"<style>{kinds}</style>")
    with st.container(key="board"):
        for place, column in zip(st.columns(len(board.columns), gap="small"), board.columns, strict=True):
            with place, st.container(key=f"column_{column.stage}"):
                _column(column)
    left, right = st.columns((55, 45), vertical_alignment="center")
    with left:
        _lapsed(board)
    right.html(_key(board))
    frame.note(say("pipeline.counted"))


def _column(column: Column) -> None:
    colour = looks.stage_colour(frame.colours(), column.stage)
    name = capital(say(f"stage.{column.stage}"))
    tonnes = say("pipeline.per_year", tonnes=column.tonnes)
    st.html(
        f'<div class="head" style="border-color:{colour}"><p>{escape(name)}'
        f"<span>{number(column.count, frame.language())}</span></p><small>{escape(tonnes)}</small></div>"
    )
    if not column.count:
        st.html(f'<p class="rest">{escape(say("pipeline.column_empty"))}</p>')
    for card in column.cards:
        with st.container(key=f"card_{card.id}"):
            _card(card)
    if column.more:
        st.button(
            say("pipeline.more", count=number(column.more, frame.language())),
            type="tertiary",
            key=f"more_{column.stage}",
            on_click=choice.open_table,
            args=(column.stage.value,),
        )


def _card(card: Card) -> None:
    st.button(
        literal(card.title),
        type="tertiary",
        key=f"open_card_{card.id}",
        on_click=choice.open_synergy,
        args=(card.id,),
    )
    st.html(text(card))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        short = escape(initials(card.owner) or "–")
        st.html(f'<p class="owner" title="{escape(card.owner)}">{short}</p>', width="content")
        if card.stage is Stage.COMPLETED or not moving.allowed():
            st.button(
                say("pipeline.open"),
                type="tertiary",
                key=f"view_card_{card.id}",
                on_click=choice.open_synergy,
                args=(card.id,),
            )
        else:
            st.button(
                say("pipeline.move"),
                type="tertiary",
                icon=":material/arrow_forward:",
                icon_position="right",
                key=f"move_card_{card.id}",
                on_click=moving.lay,
                args=(card.id,),
            )


def text(card: Card) -> str:
    """Write what a card tells below its title as HTML."""
    lines = [f'<p class="{"cross" if card.crosses else ""}">{escape(card.route)}</p>']
    if card.amounts:
        lines.append(f"<p>{escape(card.amounts)}</p>")
    if card.step:
        lines.append(f'<p class="step{" quiet" if card.alarm else ""}">{escape(card.step)}</p>')
    return f'<div class="card">{"".join(lines)}</div>'


def _lapsed(board: Board) -> None:
    if not board.lapsed:
        return
    count = escape(say("pipeline.lapsed", count=number(board.lapsed, frame.language())))
    with st.container(horizontal=True, vertical_alignment="center", key="lapsed"):
        st.html(f'<p class="lapsed"><b>{count}</b> {escape(board.reasons)}</p>', width="content")
        st.button(
            say("pipeline.show"),
            type="tertiary",
            key="lapsed_show",
            on_click=choice.open_table,
            args=(Stage.LAPSED.value,),
        )


def _key(board: Board) -> str:
    colours = frame.colours()
    squares = "".join(
        f'<span><i class="square" style="background:{colours.types[one]}"></i>{escape(say(f"type.{one}"))}</span>'
        for one in board.types
    )
    blue, rest = escape(say("pipeline.key_cross")), escape(say("pipeline.key_cross_rest"))
    cross = f'<span><b class="cross">{blue}</b> {rest}</span>'
    estimate = f"<span>{escape(say('pipeline.key_estimate'))}</span>"
    return f'<div class="keys">{squares}{cross}{estimate}</div>'
