-- ${text} is text that is ordered and compared byte by byte, ${bytes} is binary. Times are µs since the Unix epoch.

CREATE TABLE run (
    run_key ${text} PRIMARY KEY,
    run_id ${text} NOT NULL,
    created_us BIGINT NOT NULL,
    began_us BIGINT NOT NULL,
    stage ${text} NOT NULL,
    conditions_key ${text} NOT NULL,
    environment ${text} NOT NULL,
    profile ${text} NOT NULL,
    scenario ${text} NOT NULL,
    schedule_hash ${text} NOT NULL,
    seed BIGINT NOT NULL,
    replicate_set ${text} NOT NULL,
    replicate_number INTEGER NOT NULL,
    replicate_of INTEGER NOT NULL,
    start_us BIGINT,
    repository ${text},
    sha ${text},
    ref ${text},
    requested_by ${text},
    state ${text},
    revision INTEGER NOT NULL,
    judged_us BIGINT,
    accepted_by ${text},
    accepted_us BIGINT,
    accepted_why ${text}
);
CREATE INDEX run_by_creation ON run (created_us, run_key);
CREATE INDEX run_by_conditions ON run (conditions_key, stage, began_us, run_key);

CREATE TABLE verdict (
    run_key ${text} NOT NULL REFERENCES run (run_key) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    said_us BIGINT NOT NULL,
    json ${text} NOT NULL,
    PRIMARY KEY (run_key, revision)
);

CREATE TABLE subscription (
    id ${text} PRIMARY KEY,
    url ${text} NOT NULL,
    secrets ${text} NOT NULL,
    events ${text} NOT NULL,
    allowed ${text} NOT NULL,
    plain_http INTEGER NOT NULL,
    hub_signature INTEGER NOT NULL,
    created_us BIGINT NOT NULL,
    disabled_us BIGINT,
    disabled_reason ${text}
);

-- What is sent has one row, so that one id can never stand for two payloads.
CREATE TABLE notice (
    notice_id ${text} PRIMARY KEY,
    payload ${bytes} NOT NULL
);

CREATE TABLE delivery (
    subscription_id ${text} NOT NULL,
    notice_id ${text} NOT NULL REFERENCES notice (notice_id),
    begun_us BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    state ${text} NOT NULL,
    next_us BIGINT,
    ended_us BIGINT,
    reason ${text},
    try_us BIGINT,
    try_took_us BIGINT,
    try_status INTEGER,
    try_retry_after ${text},
    try_fault ${text},
    try_text ${text},
    revision INTEGER NOT NULL,
    held_until_us BIGINT,
    PRIMARY KEY (subscription_id, notice_id)
);
CREATE INDEX delivery_by_due ON delivery (state, next_us);
CREATE INDEX delivery_by_end ON delivery (state, ended_us);
CREATE INDEX delivery_by_notice ON delivery (notice_id);

-- Who leads. A holder says that it lives by changing the beat; every new holder has a new epoch.
CREATE TABLE lease (
    name ${text} PRIMARY KEY,
    holder ${text} NOT NULL,
    epoch BIGINT NOT NULL,
    beat BIGINT NOT NULL
);
INSERT INTO lease (name, holder, epoch, beat) VALUES ('gatekeeper', '', 0, 0);

-- Up to where something was read.
CREATE TABLE bookmark (
    name ${text} PRIMARY KEY,
    position ${text} NOT NULL
);
