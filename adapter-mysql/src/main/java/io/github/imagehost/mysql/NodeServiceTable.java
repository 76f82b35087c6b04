package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.mysql.transaction.SqlFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code images} of the Node.js service that this program replaces, in the order of its ids, without the rows
 * that are deleted. It is only read, page by page, each on a connection of its own. For MySQL, MariaDB and H2.
 */
public final class NodeServiceTable implements BulkSource<AdoptableItem> {

    private static final int PAGE_SIZE = 500;
    private static final Pattern LEGAL_URL = Pattern.compile("jdbc:(mysql|mariadb|h2):.*", Pattern.DOTALL);
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SCHEME_OR_SLASHES = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/]*");
    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    private static final String LIVE = " FROM images WHERE (is_deleted IS NULL OR is_deleted = FALSE)";
    private static final String COUNT = "SELECT COUNT(*), SUM(file_size)" + LIVE;
    private static final String PAGE =
            "SELECT id, filename, original_name, url, file_hash, file_size, upload_time, updated_at" + LIVE
                    + " AND id > ? ORDER BY id LIMIT " + PAGE_SIZE;

    private final String url;
    private final Properties login = new Properties();
    private final ZoneId zone;

    /**
     * @param url of JDBC, as in {@code jdbc:mysql://127.0.0.1:3306/pictures}; may hold a user and a password, which are
     *     never repeated
     * @param user whom to connect as; empty if the URL says it
     * @param password empty if the URL says it, or if there is none
     * @param zone of the times in the table, which do not say it themselves
     * @throws IllegalArgumentException if there is no driver for the URL
     */
    public NodeServiceTable(String url, Optional<String> user, Optional<String> password, ZoneId zone) {
        if (!LEGAL_URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "legal is an address that begins with jdbc:mysql:, jdbc:mariadb: or jdbc:h2:");
        }
        this.url = url.replaceFirst("^jdbc:mariadb:", "jdbc:mysql:");
        user.ifPresent(name -> login.setProperty("user", name));
        password.ifPresent(secret -> login.setProperty("password", secret));
        this.zone = zone;
    }

    /** Which database it is, without user and password. */
    @Override
    public String toString() {
        String address = url.replaceFirst("[?;].*", "");
        return address.replaceFirst("//.*@", "//");
    }

    @Override
    public Extent extent() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(COUNT)) {
            result.next();
            return new Extent(result.getLong(1), result.getLong(2));
        } catch (SQLException e) {
            throw failure("count the rows", e);
        }
    }

    @Override
    public Iterator<AdoptableItem> items() {
        return new Walk();
    }

    private List<Row> pageAfter(long id) {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setLong(1, id);
            try (ResultSet result = statement.executeQuery()) {
                Times times = new Times(result, zone, !isH2());
                while (result.next()) {
                    rows.add(row(result, times));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw failure("read rows", e);
        }
    }

    private static Row row(ResultSet result, Times times) throws SQLException {
        Optional<Instant> uploadedAt = times.get("upload_time");
        Optional<Instant> updatedAt = times.get("updated_at");
        Instant uploaded = uploadedAt.or(() -> updatedAt).orElse(Instant.EPOCH);
        return new Row(
                result.getLong("id"),
                text(result, "filename"),
                text(result, "original_name"),
                text(result, "url"),
                Optional.of(text(result, "file_hash").trim())
                        .filter(hash -> SHA_256.matcher(hash).matches())
                        .map(hash -> Digest.parse(hash.toLowerCase(Locale.ROOT))),
                result.getLong("file_size"),
                uploaded,
                updatedAt.filter(updated -> updated.isAfter(uploaded)).orElse(uploaded));
    }

    private static String text(ResultSet result, String column) throws SQLException {
        return Objects.requireNonNullElse(result.getString(column), "");
    }

    private boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, login);
        if (isH2()) {
            return connection;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            return connection;
        } catch (SQLException e) {
            try (connection) {
                throw e;
            }
        }
    }

    private RepositoryException failure(String action, SQLException e) {
        String message = "Can't " + action + " of " + this + ": " + e.getMessage();
        return switch (SqlFailure.of(e)) {
            case CONFLICT, CONNECTION_LOST, UNAVAILABLE -> new RepositoryUnavailableException(message, e);
            case DUPLICATE_KEY, FATAL -> new RepositoryException(message, e);
        };
    }

    /**
     * Reads times. MySQL's {@code TIMESTAMP} is an instant, shown in the session's zone; all else is what somebody's
     * clock showed.
     */
    private static final class Times {

        private final ResultSet result;
        private final ZoneId zone;
        private final List<String> instants = new ArrayList<>();

        Times(ResultSet result, ZoneId zone, boolean hasInstants) throws SQLException {
            this.result = result;
            this.zone = zone;
            for (int column = 1; hasInstants && column <= result.getMetaData().getColumnCount(); column++) {
                if (result.getMetaData().getColumnTypeName(column).equalsIgnoreCase("TIMESTAMP")) {
                    instants.add(result.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT));
                }
            }
        }

        Optional<Instant> get(String column) throws SQLException {
            @Nullable LocalDateTime time = result.getObject(column, LocalDateTime.class);
            return Optional.ofNullable(time)
                    .map(local -> local.atZone(instants.contains(column) ? ZoneOffset.UTC : zone)
                            .toInstant());
        }
    }

    private final class Walk implements Iterator<AdoptableItem> {

        private Iterator<Row> page = Collections.emptyIterator();
        private long last;
        private boolean more = true;

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && more) {
                List<Row> rows = pageAfter(last);
                more = rows.size() == PAGE_SIZE;
                page = rows.iterator();
            }
            return page.hasNext();
        }

        @Override
        public AdoptableItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row row = page.next();
            last = row.number;
            return row;
        }
    }

    private record Row(
            long number,
            String link,
            String originalName,
            String url,
            Optional<Digest> knownDigest,
            long size,
            Instant uploadedAt,
            Instant updatedAt)
            implements AdoptableItem {

        @Override
        public String name() {
            return "row " + number + " (" + link + ")";
        }

        @Override
        public String version() {
            return link + " " + url + " " + knownDigest.map(Digest::hex).orElse("") + " " + size + " " + updatedAt;
        }

        @Override
        public Optional<Long> id() {
            return Optional.of(number);
        }

        /** What the row calls it, and then every end of its address: it begins with hosts, buckets and prefixes. */
        @Override
        public List<ObjectKey> keys() {
            List<ObjectKey> keys = new ArrayList<>();
            key(link).ifPresent(keys::add);
            String path = path(url);
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                key(path.substring(slash + 1))
                        .filter(key -> !keys.contains(key))
                        .ifPresent(keys::add);
                if (slash == 0) {
                    break;
                }
            }
            return keys;
        }

        @Override
        public Optional<String> filename() {
            return Optional.of(link.substring(link.lastIndexOf('/') + 1));
        }

        @Override
        public Optional<Long> knownSize() {
            return Optional.of(size).filter(bytes -> bytes > 0);
        }

        private static Optional<ObjectKey> key(String text) {
            try {
                return Optional.of(new ObjectKey(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static String path(String url) {
            String path = QUERY.matcher(SCHEME_OR_SLASHES.matcher(url).replaceFirst(""))
                    .replaceFirst("");
            return path.startsWith("/") ? path : "/" + path;
        }
    }
}
