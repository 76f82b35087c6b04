package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;

class ServerWrittenBlobsIT extends WrittenBlobsContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }
}
