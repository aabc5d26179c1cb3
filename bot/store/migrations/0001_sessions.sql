-- A citizen's conversation: option ids only, never words. `saved` and `at` are ISO 8601 in UTC, so they sort as text.
CREATE TABLE sessions (
    channel TEXT NOT NULL,
    user    TEXT NOT NULL,
    version INTEGER NOT NULL,
    session TEXT NOT NULL,
    saved   TEXT NOT NULL,
    PRIMARY KEY (channel, user)
) WITHOUT ROWID;
CREATE INDEX sessions_saved ON sessions (saved);

-- What was answered to a message id, so that a platform's repeated delivery gets the same reply.
CREATE TABLE replies (
    channel TEXT NOT NULL,
    user    TEXT NOT NULL,
    message TEXT NOT NULL,
    reply   TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (channel, user, message)
) WITHOUT ROWID;
CREATE INDEX replies_at ON replies (at);

-- Masked messages that were not understood, counted by day; nobody's name with them.
CREATE TABLE unknown (
    day   TEXT NOT NULL,
    text  TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, text)
) WITHOUT ROWID;

-- Saving is one INSERT into this view: one statement is one transaction and one trip to the database's thread.
-- `live` is the moment before which a stored session has expired and counts as absent, that is, as version 0.
CREATE VIEW saving AS
    SELECT channel, user, version, session, saved, '' AS live, '' AS message, '' AS reply FROM sessions;

CREATE TRIGGER save INSTEAD OF INSERT ON saving
BEGIN
    SELECT RAISE(ABORT, 'stale session') WHERE NEW.version <> coalesce(
        (SELECT version FROM sessions WHERE channel = NEW.channel AND user = NEW.user AND saved > NEW.live), 0);
    INSERT INTO sessions (channel, user, version, session, saved)
        VALUES (NEW.channel, NEW.user, NEW.version + 1, NEW.session, NEW.saved)
        ON CONFLICT (channel, user) DO UPDATE
        SET version = excluded.version, session = excluded.session, saved = excluded.saved;
    INSERT INTO replies (channel, user, message, reply, at)
        SELECT NEW.channel, NEW.user, NEW.message, NEW.reply, NEW.saved WHERE NEW.message <> ''
        ON CONFLICT (channel, user, message) DO UPDATE SET reply = excluded.reply, at = excluded.at;
END;
