"""The survey channel: a score and what somebody said with it, posted from a survey's page or by a program."""
