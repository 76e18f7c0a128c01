"""What a key may do in a call as a case: notes, hold, who calls, safety, call backs, the end."""

from __future__ import annotations

from navigator.key_action import KeyAction, away, numbered

WORK_ACTIONS = (
    KeyAction(
        "work.note", "ctrl+o,n", "note", "Note", "Take a note, timed and signed.", False, "keeps_cases", shown="n"
    ),
    KeyAction(
        "work.hold", "ctrl+b,h", "hold", "Hold", "Put the caller on hold, or park the call.", False, "keeps_cases", "h"
    ),
    KeyAction("work.lock", "ctrl+backslash,L", "lock", "Lock", "Lock the desk.", False, "keeps_cases", shown="Ctrl+\\"),
)
"""Of the person who works, on every screen of a desk."""
CASE_ACTIONS = (
    KeyAction(
        "case.identify",
        "f2,i",
        "identify",
        "Caller",
        "Look up who calls: number, phone, member ID, or name and birth date.",
        True,
        "keeps_cases",
        "F2",
    ),
    KeyAction(
        "case.safety", "ctrl+s,s", "safety", "Safety", "Open the red flags to ask about.", False, "keeps_cases", "s"
    ),
    KeyAction("case.reason", "ctrl+r,f", "reason", "Reason", "Say why they call.", False, "keeps_cases", "Ctrl+R"),
    KeyAction(
        "case.language",
        "ctrl+y",
        "other_language",
        "Language",
        "Change between English and Spanish for what is read aloud.",
        False,
        "keeps_cases",
        "Ctrl+Y",
    ),
    KeyAction(
        "case.hung_up",
        "ctrl+g,b",
        "hung_up",
        "Call back",
        "The caller is gone: put the call on the list, and begin another one.",
        False,
        "keeps_cases",
        "b",
    ),
    KeyAction(
        "case.calls",
        "ctrl+t,t",
        "calls",
        "Calls",
        "Open the parked calls and the call backs.",
        False,
        "keeps_cases",
        "t",
    ),
    KeyAction("case.wrap", "ctrl+l,d", "wrap", "Wrap", "End the call: say how it ended.", False, "keeps_cases", "d"),
)
"""Of the call as a case, beside CALL_ACTIONS."""
IDENTIFY_ACTIONS = (
    *numbered(
        "identify.speaker",
        "speaker({number})",
        "Speaker",
        "Say who speaks, by the number before the words.",
        1,
        6,
        "keeps_cases",
    ),
    *numbered(
        "identify.access",
        "access({number})",
        "Needs",
        "Note that the member needs an interpreter, relay or large print.",
        7,
        9,
        "keeps_cases",
    ),
    KeyAction(
        "identify.first",
        "p",
        "pays_first",
        "Pays first",
        "Say which of two plans pays first.",
        False,
        "keeps_cases",
        "p",
    ),
    KeyAction("identify.agrees", "a", "agrees", "Agrees", "The member agrees: log it.", False, "keeps_cases", "a"),
    KeyAction(
        "identify.asked",
        "k",
        "asked",
        "Asked",
        "No match: note that the employer is asked.",
        False,
        "keeps_cases",
        "k",
    ),
    KeyAction("identify.look_up", "f2,slash", "look_up", "Look up", "Go back to the box.", True, "keeps_cases", "F2"),
    KeyAction("identify.back", "escape", "back", "Back", "Go back to the call.", shown="Esc"),
)
SAFETY_ACTIONS = (
    KeyAction("safety.none", "0", "answer('none')", "None of these", "Log that none is true.", True, "", "0"),
    KeyAction(
        "safety.stop",
        "9",
        "answer('stop')",
        "Stop: 911",
        "Log that the caller goes to 911 or the own doctor.",
        True,
        "",
        "9",
    ),
    KeyAction("safety.language", "ctrl+y", "language", "Language", "Read in the other language.", shown="Ctrl+Y"),
    KeyAction("safety.back", "escape", "back", "Back", "Go back without an answer.", shown="Esc"),
)
HOLD_ACTIONS = (
    KeyAction("hold.back", "enter,escape", "back", "Back", "Take the caller back.", shown="Enter"),
    KeyAction(
        "hold.park", "2", "park", "Second line", "Park this call, and begin another one.", True, "keeps_cases", "2"
    ),
    KeyAction("hold.hung_up", "b", "hung_up", "Gone", "The caller hung up: put the call on the list.", True, "", "b"),
)
CALLS_ACTIONS = (
    KeyAction("calls.resume", "enter", "select", "Take it", "Take the call in hand again.", shown="Enter"),
    KeyAction("calls.tried", "u", "tried('no_answer')", "No answer", "Note a try without an answer.", shown="u"),
    KeyAction("calls.voicemail", "v", "tried('voicemail')", "Voicemail", "Note a voicemail.", shown="v"),
    KeyAction("calls.wrong", "x", "tried('wrong_number')", "Wrong number", "Note a wrong number.", False, shown="x"),
    KeyAction("calls.letter", "l", "letter", "Letter sent", "Note the letter, and close without contact.", shown="l"),
    away("calls"),
    KeyAction("calls.back", "escape,t", "back", "Back", "Go back to the call.", shown="Esc"),
)
WRAP_ACTIONS = (
    KeyAction("wrap.close", "f2", "close", "End the call", "Keep how it ended, and begin a new call.", shown="F2"),
    KeyAction("wrap.back", "escape", "back", "Back", "Go back to the call.", shown="Esc"),
)
