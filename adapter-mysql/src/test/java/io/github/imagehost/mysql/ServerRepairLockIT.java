package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;

class ServerRepairLockIT extends RepairLockContract {

    @Override
    protected TestDatabase createDatabase(String name) {
        return TestDatabases.onServer();
    }
}
