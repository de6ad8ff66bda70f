"""The many names that columns of real MSELs bear, and the key of ours that each one means.

After HSEEP (FEMA, January 2020) and workbooks in use: case, punctuation and line breaks do not matter.
"""

from __future__ import annotations

import re
import unicodedata

KEYS = {
    "number": "the row's number; kept in the notes",
    "move": "the move that an inject stands in",
    "date": "the day, as a date",
    "day": "the day, counted",
    "time": "when it goes out: a time of day, a date with a time, hours from H",
    "at": "when it goes out, from the start of its move",
    "scenario_time": "the story's time",
    "kind": "standard or contingency",
    "title": "the headline",
    "via": "the channel",
    "from": "who sends it, in the story",
    "to": "the cells it goes to",
    "text": "what is read out or handed over",
    "private": "what only one cell is given: [cell] text",
    "expects": "what players are expected to do, one a line",
    "questions": "discussion questions, one a line",
    "objectives": "the objectives that it exercises",
    "sources": "ids of sources",
    "effects": "what it does to tracks: trust +1; picture =3",
    "minutes": "time to discuss it",
    "delay": "how long after its condition came to hold",
    "use_if": "when to reach for a contingency inject",
    "id": "the inject's id",
    "notes": "for the facilitator only; every column without a key goes there, with its name",
}
"""What a column may be taken as, and what that means."""

KEPT_IN_NOTES = ("status", "controller", "storyline", "narrative", "decisions", "when")
"""What is known as a MSEL's column and has no key of its own in the format."""

_NAMES = """
number: number, no, nr, num, serial, serial number, serial no, seq, seq no, sequence, sequence number, ref,
    reference, ref no, reference number, control number, line, line number, item number, 번호, 순번, 연번, 番号, 項番,
    通番
id: id, identifier
move-id: move id
move: move, phase, phase move, move phase, phase or move, part, stage, module, act, vignette, session, turn, 국면,
    단계, フェーズ, 段階, 局面
date: date, scheduled date, start date, calendar date, 날짜, 일자, 日付
day: day, d day, day number, 일차, 日目
time: time, dtg, date time group, date time, time date, scheduled time, start time, release time, clock time,
    local time, time local, real time, delivery time, estimated time, est time, time of delivery, time of
    inject, planned date time, date and time, time hrs, time hours, when, time of injection, injection time, 시간,
    시각, 일시, 時刻, 時間, 日時
at: at, planned time, elapsed, elapsed time, time from start, time from move start, planned time from move
    start, time planned, minutes from start, minute, offset, relative time, t plus, t time, startex plus, time
    into move
scenario_time: scenario time, story time, simulated time, sim time, scenario date, scenario dtg, game time,
    scenario date time, scenario date and time, fictional time, notional time, 상황 시간, 想定時刻
status: status, state, 상태, 状態
kind: type, kind, category, 유형, 종류, 種別, 種類
title: title, subject, subject title, title subject, topic, headline, name, short title, short name, 제목, 件名, 題名,
    표제, 標題
via: mode, method, via, delivery method, method of delivery, mode of delivery, delivery mode, delivery, means,
    channel, media, medium, communication method, means of delivery, delivery means, how, transmission, how
    delivered, 수단, 전달 수단, 방법, 手段, 伝達手段, 方法
from: from, from source, source, sender, sent from, send from, sent by, originator, origin, simulated sender,
    from simulated, source from, 발신, 발신자, 発信元, 発信者, 送信元
to: to, to target, target, recipient, recipients, recipient s, recipient players, players, player, addressee,
    addressees, target audience, audience, sent to, send to, intended player, intended players, receiver,
    receiving organization, receiving organisation, responding agency, 수신, 수신자, 宛先, 受信者, 対象
controller: controller, injected by, responsible controller, responsible, poc, point of contact, owner,
    delivered by, action officer, simulator, 담당, 담당자, 통제관, 担当, 担当者, 統制官
storyline: storyline, story line, thread, track, 줄거리
narrative: narrative, implementer, implementer narrative, background, background information, additional
    information
text: description, description script, script, summary, message, message text, content, contents, details,
    detail, detailed description, text, body, synopsis, situation, narrative description, 내용, 상황, 内容, 本文, 状況
expects: expects, outcome, outcomes, player action, player actions, desired outcome, desired action, anticipated
    action, anticipated response, 예상 조치, 기대 조치, 예상 행동, 予想される対応, 期待される行動, 予想対応
questions: questions, question, discussion questions, discussion question
objectives: objective, objectives, capability, capabilities, core capability, 목표, 目標, 目的
decisions: decisions, decision
when: condition, trigger, conditions, 조건, 条件
private: only for one cell, private
minutes: duration, discussion time, time allotted, discussion minutes, 소요 시간, 所要時間
delay: delay
use_if: use if
effects: effects, effects on tracks
sources: sources
notes: notes, note, comments, comment, remarks, controller notes, facilitator notes, evaluator notes, 비고, 備考
"""
"""Each key, and the headings that mean it; a line that is indented goes on."""
_FILLERS = re.compile(r"\b(the|of|inject|injects|event|events|msel|exercise|item)\b")
_KEY_OF = {
    name.strip(): key
    for key, _, names in (line.partition(":") for line in _NAMES.strip().replace("\n    ", " ").split("\n"))
    for name in names.split(",")
}
_BEGINNINGS = (
    ("expected", "expects"),
    ("anticipated", "expects"),
    ("send to", "to"),
    ("sent to", "to"),
    ("recipient", "to"),
    ("send from", "from"),
    ("sent from", "from"),
    ("injected by", "controller"),
    ("responsible", "controller"),
    ("scenario time", "scenario_time"),
    ("time", "time"),
    ("description", "text"),
    ("discussion question", "questions"),
    ("note", "notes"),
    ("comment", "notes"),
    ("method", "via"),
    ("delivery", "via"),
)


def simple(heading: str) -> str:
    """A heading as it is compared: words in small letters, `#` as `number`."""
    text = unicodedata.normalize("NFKC", heading).casefold().replace("#", " number ")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def key_of(heading: str) -> str:
    """What a column of this heading holds: a key, or nothing where it bears no known name.

    ``inject`` stands for a column called so, which may be its subject or its text.
    """
    name = simple(heading)
    if not name or len(name) > 80:
        return ""
    short = " ".join(_FILLERS.sub(" ", name).split())
    if not short:
        return "inject"
    for known in (name, short):
        if known in _KEY_OF:
            return _KEY_OF[known]
    if re.search(r"\bobjectives?\b", short) and len(short) < 60:
        return "objectives"
    return next((key for start, key in _BEGINNINGS if re.match(rf"{start}s?\b", short)), "")
