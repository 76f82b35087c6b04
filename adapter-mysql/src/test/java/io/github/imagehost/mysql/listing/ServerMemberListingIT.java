package io.github.imagehost.mysql.listing;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("deep")
class ServerMemberListingIT extends MemberListingContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }
}
