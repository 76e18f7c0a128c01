"""What a navigator says around a call, beside safety and consent: greeting, hold, voicemail, handing over, goodbye.

Texts of the catalogue. The one for a voicemail names nobody and no care, for anybody may hear it (REFERRAL "People").
"""

from __future__ import annotations

from navigator.languages.translating import to_say

GREETING = to_say(
    "Thank you for calling. May I have your name and birth date, and a number in case we are cut off? "
    "Are you calling for yourself?"
)
HOLD = to_say("I need a moment to look that up. Please stay on the line.")
VOICEMAIL = to_say(
    "Hello. You asked us to call you back. We will try again; you can also call us at the number that you have from us."
)
HANDING_OVER = to_say("I will connect you with the center now, and stay on the line until they have you.")
GOODBYE = to_say("Is there anything else that I can do for you today? Thank you for calling.")
