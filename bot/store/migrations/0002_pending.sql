-- A message that a platform was told is taken, until it is answered: words are masked, `note` is the channel's own.
CREATE TABLE pending (
    sequence INTEGER PRIMARY KEY,
    channel  TEXT NOT NULL,
    user     TEXT NOT NULL,
    message  TEXT NOT NULL,
    text     TEXT NOT NULL,
    choice   TEXT NOT NULL,
    note     TEXT NOT NULL,
    at       TEXT NOT NULL,
    UNIQUE (channel, user, message)
);
CREATE INDEX pending_at ON pending (at);

-- Until when a person of the agency talks to this citizen, and the bot is silent.
CREATE TABLE handovers (
    channel TEXT NOT NULL,
    user    TEXT NOT NULL,
    until   TEXT NOT NULL,
    PRIMARY KEY (channel, user)
) WITHOUT ROWID;

-- What a channel needs to reach its platform, encrypted by the channel; nobody's data.
CREATE TABLE sealed (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
