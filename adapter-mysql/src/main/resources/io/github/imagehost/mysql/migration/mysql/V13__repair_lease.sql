-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Who may repair the store: one row, which is made by the first repair.
CREATE TABLE IF NOT EXISTS imagehost_lease (
    purpose     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    holder      VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'a UUID; nobody if null',
    lease_until DATETIME(3) NOT NULL COMMENT 'from then on somebody else may take it',
    PRIMARY KEY (purpose)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
