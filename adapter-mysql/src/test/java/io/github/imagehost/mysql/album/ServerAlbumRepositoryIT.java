package io.github.imagehost.mysql.album;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("deep")
class ServerAlbumRepositoryIT extends AlbumDatabaseContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }
}
