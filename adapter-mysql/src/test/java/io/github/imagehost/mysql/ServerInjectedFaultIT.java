package io.github.imagehost.mysql;

import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.FaultyDataSource.Fault;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class ServerInjectedFaultIT extends InjectedFaultContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    /** What tests make up is the same on every database; every build tries here what the server itself has a say in. */
    @Override
    protected Set<Fault> faults() {
        Set<Fault> own = EnumSet.of(Fault.CONNECTION_KILLED, Fault.ANSWER_LOST);
        return List.of(own, EnumSet.allOf(Fault.class)).get(Depth.of(0, 1));
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
