-- ${text} is text that is ordered and compared byte by byte. Times are µs since the Unix epoch.

-- API tokens: of the secret only its SHA-256.
CREATE TABLE api_token (
    id ${text} PRIMARY KEY,
    name ${text} NOT NULL,
    scope ${text} NOT NULL,
    hash ${text} NOT NULL,
    created_us BIGINT NOT NULL,
    expires_us BIGINT,
    revoked_us BIGINT,
    last_used_us BIGINT
);

-- Who did what, and who was refused. Rows are never changed.
CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at_us BIGINT NOT NULL,
    who ${text} NOT NULL,
    address ${text} NOT NULL,
    action ${text} NOT NULL,
    subject ${text} NOT NULL,
    status INTEGER NOT NULL,
    detail ${text} NOT NULL
);

-- Requests for runs that bore a key of the caller's own.
CREATE TABLE request_key (
    caller ${text} NOT NULL,
    key ${text} NOT NULL,
    fingerprint ${text} NOT NULL,
    runs ${text} NOT NULL,
    announced INTEGER NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX request_key_by_time ON request_key (at_us);
