package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;

class ServerContentionIT extends ContentionContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }
}
