-- Every statement may be repeated: a start that is cut off is made good by the next one.

CREATE TABLE IF NOT EXISTS imagehost_identity (
    issuer   VARCHAR(255) NOT NULL,
    subject  VARCHAR(255) NOT NULL,
    owner_id BIGINT       NOT NULL,
    PRIMARY KEY (issuer, subject)
);
COMMENT ON COLUMN imagehost_identity.issuer IS 'the identity provider';
COMMENT ON COLUMN imagehost_identity.subject IS 'what it calls the owner, and never anybody else';
