package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The database and the store that service processes share.
 *
 * @param directory everything that the processes keep on the disk is below it
 * @param database where the metadata are
 * @param storeSettings what leads to the store
 */
record Installation(Path directory, TestDatabase database, Map<String, String> storeSettings) implements AutoCloseable {

    /** So few that uploads are refused now and then. */
    private static final int FEW_IMAGES = 8;

    private static final PathMatcher LOGS = FileSystems.getDefault().getPathMatcher("glob:**/service-*.log");
    private static final String RECOUNT = "had to be counted anew";

    private static final Set<String> TEMPORARY = Set.of("spool", ".incoming");

    /** An empty database on the server for tests, and an empty bucket. */
    static Installation onServers(Path directory) {
        return new Installation(
                directory,
                TestDatabases.onServer(),
                Map.copyOf(S3TestServer.shared().freshBucket()));
    }

    /** Both in one data directory, which all processes share. */
    static Installation embedded(Path directory) {
        Path data = directory.resolve("data");
        return new Installation(directory, TestDatabases.embedded(data), Map.of("DATA_DIR", data.toString()));
    }

    /** What the process in this place has to be started with. */
    Map<String, String> settings(int place) {
        Map<String, String> settings = new HashMap<>(storeSettings);
        TestDatabase way = place == 0 ? database : TestDatabases.otherWayTo(database);
        settings.putAll(way.settings());
        settings.put("PUBLIC_URL", "http://images.test");
        settings.put("RATE_LIMIT_MAX", "0");
        settings.put("ACCESS", "token");
        // so that sweeps are killed, too
        settings.put("SWEEP_INTERVAL", "1s");
        // what one process deletes is gone for the others at once, though they have copies
        settings.put("METADATA_CACHE", "0s");
        return settings;
    }

    /** Makes some owners, of whom one may have only a few images. */
    List<Tenant> addTenants() {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            Owners owners = new Owners(repository.access());
            AccessTokens tokens = new AccessTokens(repository.access(), InstantSource.system());
            List<Tenant> tenants = new ArrayList<>();
            for (String name : List.of("alice", "bob", "carol")) {
                OwnerId owner = owners.add(new OwnerName(name), Role.USER).id();
                Set<Scope> scopes = Set.of(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE);
                String token = tokens.issue(new TokenRequest(owner, name, scopes, Optional.empty()))
                        .secret()
                        .reveal();
                tenants.add(new Tenant(owner, token, tenants.isEmpty() ? FEW_IMAGES : Long.MAX_VALUE));
            }
            Tenant first = tenants.get(0);
            repository.setQuota(first.owner(), new Quota(OptionalLong.of(first.mostImages()), OptionalLong.empty()));
            return tenants;
        }
    }

    /** The same store, which can list its objects, whichever kind it is. The caller closes it. */
    ImageStore openStore() {
        Settings settings = Settings.of(storeSettings);
        return S3Settings.areIn(settings)
                ? S3ImageStore.create(S3Settings.from(settings))
                : DirectoryImageStore.from(settings);
    }

    /** The library on the same database and this store; closing it closes the store. */
    ImageHost openHost(ImageStore store) {
        return ImageHost.builder()
                .store(store)
                .metadata(MySqlMetadataRepository.open(database.databaseSettings()))
                .build();
    }

    /**
     * Ends the leases of all reservations.
     *
     * @return how many there were
     */
    long endLeases() {
        String reserved = " FROM imagehost_blob WHERE state = 'RESERVED'";
        long count = Long.parseLong(database.query("SELECT COUNT(*)" + reserved).get(0));
        database.executeDespiteDeadlocks(
                "UPDATE imagehost_blob SET lease_until = reserved_at WHERE state = 'RESERVED'");
        return count;
    }

    /**
     * Where the process listens that serves an embedded database to the others; empty if nobody does. Tells whether
     * that process was killed.
     */
    String servingProcess() throws IOException {
        Path lock = directory.resolve("data/database/imagehost.lock.db");
        if (!Files.exists(lock)) {
            return "";
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(lock)) {
            properties.load(reader);
        }
        return properties.getProperty("server", "");
    }

    /** What processes have logged of counters that they had to set right. */
    List<String> recounts() throws IOException {
        List<String> recounts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path log : files.filter(LOGS::matches).toList()) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains(RECOUNT))
                        .forEach(recounts::add);
            }
        }
        return recounts;
    }

    /** How many files there are that belong to uploads under way. */
    long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> StreamSupport.stream(
                                    directory.relativize(file).spliterator(), false)
                            .anyMatch(part -> TEMPORARY.contains(part.toString())))
                    .count();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
