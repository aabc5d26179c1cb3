"""What a Rasa project and our action server call the same things."""

from __future__ import annotations

PREFIX = "mot_cua_"  # of our intents, so that they stand beside those of any bot
PRESSED = f"{PREFIX}chon"  # the intent of a pressed button, or of the number of one …
CHOICE = f"{PREFIX}lua_chon"  # … and the entity that has what it means
ANSWER, JUDGE = "action_mot_cua", "action_mot_cua_kiem_tra"
PORT = 5055  # where Rasa looks for an action server
