package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.exceptions.PersistenceException;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedFailureTest extends FailureContract {

    @TempDir(factory = InMemory.class)
    private static Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.migrated(directory);
    }

    @Override
    protected void killOtherConnections() {
        for (String id : database()
                .query("SELECT session_id FROM information_schema.sessions WHERE session_id <> SESSION_ID()")) {
            database().execute("CALL ABORT_SESSION(" + id + ")");
        }
    }

    /**
     * When the JVM ends, H2 closes its sessions in the middle of what they do, and not all of them know what hit them.
     */
    @ParameterizedTest
    @ValueSource(
            ints = {
                ErrorCode.GENERAL_ERROR_1,
                ErrorCode.STATEMENT_WAS_CANCELED,
                ErrorCode.DATABASE_IS_CLOSED,
                ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                ErrorCode.DATABASE_IS_IN_EXCLUSIVE_MODE
            })
    void whatASessionSaysThatIsClosedUnderItsUserIsTriedAgain(int code) {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository());
        AtomicInteger attempts = new AtomicInteger();

        int marked = transactions().write("mark it", on -> {
            if (attempts.incrementAndGet() == 1) {
                throw new PersistenceException(DbException.get(code, "test").getSQLException());
            }
            return on.blobs().condemnReserved(reservation.blobId());
        });

        assertThat(marked).isOne();
    }

    /** Java closes a file under all who use it when a thread is interrupted that reads or writes it. */
    @Test
    void anInterruptedThreadDoesNoHarm() throws Exception {
        AtomicBoolean ending = new AtomicBoolean();
        List<Callable<Void>> tasks = new ArrayList<>(Collections.nCopies(4, () -> {
            while (!ending.get()) {
                Uploads.upload(repository());
            }
            return null;
        }));
        tasks.add(() -> {
            try {
                for (int i = 0; i < 20; i++) {
                    Thread.currentThread().interrupt();
                    try {
                        Uploads.upload(repository());
                    } finally {
                        // H2 forgets it when it has to wait for another session
                        Thread.interrupted();
                    }
                }
            } finally {
                ending.set(true);
            }
            return null;
        });

        Concurrently.run(tasks);
    }
}
