-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Owners without a row have no password, and are in epoch 0. A table of its own, since MySQL adds no column
-- to one only if it is not there yet.
CREATE TABLE IF NOT EXISTS imagehost_login (
    owner_id      BIGINT       NOT NULL,
    password_hash VARCHAR(250) NULL,
    epoch         BIGINT       DEFAULT 0 NOT NULL,
    PRIMARY KEY (owner_id)
);
COMMENT ON COLUMN imagehost_login.password_hash IS 'with the name and the parameters of how it was made';
COMMENT ON COLUMN imagehost_login.epoch IS 'sessions and links of another one are good for nothing';

CREATE TABLE IF NOT EXISTS imagehost_session (
    secret_hash BINARY(32)   NOT NULL,
    owner_id    BIGINT       NOT NULL,
    epoch       BIGINT       NOT NULL,
    started_by  VARCHAR(9)   NOT NULL,
    token_id    BIGINT       NULL,
    created_at  TIMESTAMP(3) NOT NULL,
    seen_at     TIMESTAMP(3) NOT NULL,
    expires_at  TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (secret_hash)
);
COMMENT ON COLUMN imagehost_session.secret_hash IS 'SHA-256 of what its browser sends, which nobody else knows';
COMMENT ON COLUMN imagehost_session.epoch IS 'of the owner, in which it began';
COMMENT ON COLUMN imagehost_session.token_id IS 'with which it began, and with which it ends';
CREATE INDEX IF NOT EXISTS ix_imagehost_session_owner ON imagehost_session (owner_id);
CREATE INDEX IF NOT EXISTS ix_imagehost_session_expires ON imagehost_session (expires_at);

CREATE TABLE IF NOT EXISTS imagehost_login_link (
    secret_hash BINARY(32)   NOT NULL,
    owner_id    BIGINT       NOT NULL,
    epoch       BIGINT       NOT NULL,
    expires_at  TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (secret_hash)
);
COMMENT ON COLUMN imagehost_login_link.secret_hash IS 'SHA-256 of what its bearer sends, which nobody else knows';
COMMENT ON COLUMN imagehost_login_link.epoch IS 'of the owner, in which it was made';
CREATE INDEX IF NOT EXISTS ix_imagehost_login_link_expires ON imagehost_login_link (expires_at);
