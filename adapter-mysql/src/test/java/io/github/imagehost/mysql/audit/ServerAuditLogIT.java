package io.github.imagehost.mysql.audit;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;

class ServerAuditLogIT extends AuditDatabaseContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }
}
