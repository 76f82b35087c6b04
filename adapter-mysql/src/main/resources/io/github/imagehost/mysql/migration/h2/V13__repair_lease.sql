-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Who may repair the store: one row, which is made by the first repair.
CREATE TABLE IF NOT EXISTS imagehost_lease (
    purpose     VARCHAR(16)  NOT NULL,
    holder      VARCHAR(36)  NULL,
    lease_until TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (purpose)
);
COMMENT ON COLUMN imagehost_lease.holder IS 'a UUID; nobody if null';
COMMENT ON COLUMN imagehost_lease.lease_until IS 'from then on somebody else may take it';
