package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import io.github.imagehost.s3.testing.BareBucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The least that storing new pictures can cost, as a process of its own: for each picture one SHA-256, one put by the
 * bare SDK over the HTTP client that the service uses, and one row that is inserted and committed. Nothing is received:
 * the load is made here.
 */
final class NewImageFloor {

    /** Where the rows go. */
    static final String TABLE = "CREATE TABLE IF NOT EXISTS benchmark_floor (id BIGINT NOT NULL AUTO_INCREMENT,"
            + " digest BINARY(32) NOT NULL, name VARCHAR(200) NOT NULL, size BIGINT NOT NULL, uploaded_at DATETIME(3) NOT NULL,"
            + " PRIMARY KEY (id), UNIQUE KEY uk_benchmark_floor_digest (digest))";

    private static final String INSERT =
            "INSERT INTO benchmark_floor (digest, name, size, uploaded_at) VALUES (?, ?, ?, ?)";

    private NewImageFloor() {}

    /**
     * Prints the figures as one line. Its environment names database and bucket as the service's does.
     *
     * @param arguments kind and size of the pictures, how many for each request, how many clients, and the load
     */
    public static void main(String[] arguments) throws Exception {
        Picture picture = PictureKind.valueOf(arguments[0]).make(Integer.parseInt(arguments[1]));
        int pictures = Integer.parseInt(arguments[2]);
        int clients = Integer.parseInt(arguments[3]);
        Load load = new Load(
                Integer.parseInt(arguments[4]),
                Duration.parse(arguments[5]),
                Integer.parseInt(arguments[6]),
                Duration.parse(arguments[7]));
        Map<String, String> environment = System.getenv();
        DataSource database = MySqlSettings.from(Settings.of(environment)).unpooledDataSource();
        Meter meter = new Meter(ProcessHandle.current().pid(), new DatabaseProbe(database));
        try (BareBucket store = BareBucket.open(environment)) {
            Figures figures = ClosedLoop.measure(
                    () -> new Storing(picture, pictures, store, database.getConnection()), clients, load, meter);
            System.out.println(figures.toLine());
        }
    }

    private static final class Storing implements ClosedLoop.Client {

        private final Picture picture;
        private final int pictures;
        private final byte[] bytes;
        private final BareBucket store;
        private final Connection connection;
        private final PreparedStatement insert;

        Storing(Picture picture, int pictures, BareBucket store, Connection connection) throws SQLException {
            this.picture = picture;
            this.pictures = pictures;
            this.bytes = picture.bytes().clone();
            this.store = store;
            this.connection = connection;
            connection.setAutoCommit(false);
            this.insert = connection.prepareStatement(INSERT);
        }

        @Override
        public long request() throws SQLException {
            for (int i = 0; i < pictures; i++) {
                picture.number(bytes, 0, UploadRequest.nextNumber());
                store();
            }
            return (long) pictures * bytes.length;
        }

        private void store() throws SQLException {
            byte[] digest = Digest.sha256().digest(bytes);
            String name = "floor/" + HexFormat.of().formatHex(digest);
            store.put(name, bytes, picture.type().mimeType());
            insert.setBytes(1, digest);
            insert.setString(2, name);
            insert.setLong(3, bytes.length);
            insert.setTimestamp(4, new Timestamp(System.currentTimeMillis()));
            insert.executeUpdate();
            connection.commit();
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
