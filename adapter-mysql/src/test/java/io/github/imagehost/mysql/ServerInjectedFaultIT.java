package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("deep")
class ServerInjectedFaultIT extends InjectedFaultContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    @Override
    protected String sessionNumber() {
        return "SELECT CONNECTION_ID()";
    }

    @Override
    protected String endSession(String number) {
        return "KILL " + number;
    }
}
