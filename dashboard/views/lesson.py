"""What decisions have taught the matcher, and whether it is used; pure, no Streamlit."""

from datetime import datetime
from html import escape
from math import isnan

from config.texts import Language
from dashboard.wording import day, number, t
from matching.learning import LEAST_DECIDED, LEAST_GAIN, LEAST_OF_EACH, Lesson

DECIMALS = 3


def learned(lesson: Lesson, language: Language) -> str:
    """Say in a sentence whether learned weights are in use, and why not where they are not."""
    told = {
        "n": lesson.n,
        "accepted": lesson.accepted,
        "rejected": lesson.n - lesson.accepted,
        "least": LEAST_DECIDED,
        "each": LEAST_OF_EACH,
    }
    words = t(f"quality.lesson_{lesson.why}", language, **{name: number(one, language) for name, one in told.items()})
    return f"{words} {t('quality.lesson_demo', language)}" if lesson.demo else words


def html(kept: tuple[datetime, Lesson] | None, language: Language) -> str:
    """Write what was learned: the sentence, the measures, and the weights as bars."""
    if kept is None:
        return f"<p>{escape(t('quality.lesson_none', language))}</p>"
    when, lesson = kept
    note = escape(t("quality.lesson_when", language, day=day(when.date(), language)))
    parts = [f'<p>{escape(learned(lesson, language))} <span class="note">{note}</span></p>']
    if not isnan(lesson.gain):
        parts += [_measures(lesson, language), f"<p>{escape(_gain(lesson, language))}</p>"]
    return "".join([*parts, _weights(lesson, language)])


def _measures(lesson: Lesson, language: Language) -> str:
    heads = [("lesson_measure", ""), ("lesson_default", "n"), ("lesson_learned", "n")]
    rows = [
        ("lesson_auc", lesson.default_auc, lesson.learned_auc),
        ("lesson_loss", lesson.default_loss, lesson.learned_loss),
    ]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(t(f"quality.{key}", language))}</th>' for key, kind in heads
    )
    body = "".join(
        f'<tr><th scope="row">{escape(t(f"quality.{key}", language))}</th>'
        + "".join(f'<td class="n">{number(one, language, DECIMALS)}</td>' for one in figures)
        + "</tr>"
        for key, *figures in rows
    )
    return f'<table class="plain lesson"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _gain(lesson: Lesson, language: Language) -> str:
    more = lesson.gain < 0  # an error that falls by less than nothing grows, and so do the ends of its interval
    ends = (
        (-lesson.gain, -lesson.gain_high, -lesson.gain_low)
        if more
        else (lesson.gain, lesson.gain_low, lesson.gain_high)
    )
    figures = dict(zip(("gain", "low", "high"), ends, strict=True), error=lesson.calibration_error)
    told = {name: number(one, language, DECIMALS) for name, one in figures.items()}
    return t(
        "quality.lesson_more" if more else "quality.lesson_gain",
        language,
        **told,
        least=number(LEAST_GAIN, language, 2),
    )


def _weights(lesson: Lesson, language: Language) -> str:
    if lesson.model is None:
        return ""
    worth = {name: one for name, one in lesson.model.worth.items() if one > 0}
    most = max(worth.values(), default=1.0)
    rows = "".join(
        f'<tr><th scope="row">{escape(t(f"feature.{name}", language))}</th>'
        f'<td class="n">{number(one, language, 1)}</td>'
        f'<td><span class="bar"><i style="width:{100 * one / most:.0f}%"></i></span></td></tr>'
        for name, one in sorted(worth.items(), key=lambda item: (-item[1], item[0]))
    )
    head = f'<th scope="col" colspan="3">{escape(t("quality.lesson_weight", language))}</th>'
    return f'<table class="plain lesson"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def sheet(line: str, mark: str) -> str:
    """Give the styles: the colour of a bar's track and of the bar."""
    return (
        "<style>.lesson{max-width:760px;margin-bottom:1.25rem!important}"
        f".bar{{display:inline-block;width:180px;height:8px;background:{line};border-radius:4px}}"
        f".bar i{{display:block;height:8px;background:{mark};border-radius:4px}}</style>"
    )
