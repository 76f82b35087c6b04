package io.github.imagehost.cli.session;

import io.github.imagehost.cli.terminal.Failure;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageHostBuilder;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.admin.ImageHostAdmin;
import io.github.imagehost.core.audit.AuditSettings;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.fetch.NameResolver;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.local.DirectoryStoreCheckup;
import io.github.imagehost.core.local.DiskCheckup;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.ContentCacheSize;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.NodeServiceTable;
import io.github.imagehost.mysql.checkup.DatabaseCheckup;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.s3.S3Checkup;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.S3Source;
import io.github.imagehost.web.HttpWebClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts an image host together as the settings say. Nothing else on the command line knows the adapters. */
public final class Bootstrap {

    private static final String TURN_FILE = "command.lock";
    private static final String IMPORT = "IMPORT_";
    private static final long MEBIBYTE = 1024 * 1024;
    private static final List<String> KEY_SETTINGS = List.of("S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_SESSION_TOKEN");

    private Bootstrap() {}

    /**
     * A host that works.
     *
     * @param admin is closed with this
     * @param access knows the owners of its images
     * @param audit notes what is done
     * @param upkeep brings up to date what makes lists and searches fast
     * @param pathInCopy where an object is in a copy of the store
     * @param description where its store and its repository are, in words
     * @param turn ends with this; empty where there is no need to take turns
     */
    record OpenHost(
            ImageHostAdmin admin,
            AccessRepository access,
            AlbumRepository albums,
            AuditTrail audit,
            Runnable upkeep,
            Function<ObjectKey, String> pathInCopy,
            String description,
            Optional<CommandTurn> turn)
            implements AutoCloseable {

        @Override
        public void close() {
            try {
                admin.close();
            } finally {
                turn.ifPresent(CommandTurn::end);
            }
        }
    }

    /**
     * Reads all settings before it opens anything.
     *
     * @return a host that the caller closes
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though no setting is wrong
     * @throws RepositoryException if the database fails though no setting is wrong
     */
    static OpenHost open(Settings settings) {
        UploadPolicy policy = UploadPolicy.from(settings);
        MySqlSettings database = MySqlSettings.from(settings);
        DataDirectory data = DataDirectory.from(settings);
        AuditSettings audit = AuditSettings.from(settings);
        String description = describe(settings, database, data);
        ImageHostBuilder host = ImageHost.builder().policy(policy).spoolDirectory(data.spool());
        ImageStore store = store(settings).get();
        Optional<CommandTurn> turn = Optional.empty();
        Optional<MySqlMetadataRepository> opened = Optional.empty();
        try {
            turn = database.isEmbedded() ? Optional.of(turn(data.path())) : Optional.empty();
            MySqlMetadataRepository repository = MySqlMetadataRepository.open(database);
            opened = Optional.of(repository);
            return new OpenHost(
                    ImageHostAdmin.open(host, store, repository, repository.access(), repository.albums()),
                    repository.access(),
                    repository.albums(),
                    new AuditTrail(repository.auditLog(), InstantSource.system(), audit),
                    repository::tidyUp,
                    S3Settings.areIn(settings) ? ObjectKey::value : DirectoryImageStore::pathInCopy,
                    description,
                    turn);
        } catch (RuntimeException e) {
            opened.ifPresent(MySqlMetadataRepository::close);
            store.close();
            turn.ifPresent(CommandTurn::end);
            throw e;
        }
    }

    /**
     * The store that the settings describe.
     *
     * @return a store that the caller closes
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though no setting is wrong
     */
    static ImageStore openStore(Settings settings) {
        return store(settings).get();
    }

    /**
     * Whether both lead to the same metadata.
     *
     * @throws SettingsException if a setting is wrong; the message names it
     */
    static boolean isSameDatabase(Settings one, Settings other) {
        return MySqlSettings.from(one)
                .jdbcUrl()
                .equals(MySqlSettings.from(other).jdbcUrl());
    }

    /**
     * What finds out whether all that a host needs works, in the order of the {@link Area}s. Nothing is read before the
     * first of them runs, and none of them needs what another one finds.
     */
    public static List<Checkup> checkups(Settings settings) {
        return List.of(
                settingsCheckup(settings),
                () -> checkup(Area.DATABASE, settings, Bootstrap::databaseCheckup),
                () -> checkup(Area.STORE, settings, Bootstrap::storeCheckup),
                () -> checkup(Area.DISK, settings, known -> new DiskCheckup(DataDirectory.from(known))));
    }

    private static Checkup settingsCheckup(Settings settings) {
        return new CheckTable(
                Area.SETTINGS,
                legality("uploads", settings, UploadPolicy::from),
                legality("links", settings, ImageLinks::from),
                legality("fetching", settings, FetchSettings::from),
                legality("database", settings, MySqlSettings::from),
                legality("store", settings, known -> {
                    if (S3Settings.areIn(known)) {
                        S3Settings.from(known);
                    }
                }),
                legality("data directory", settings, DataDirectory::from),
                Check.of("access", () -> AccessSummary.of(settings), Bootstrap::illegal),
                legality("audit log", settings, AuditSettings::from),
                Check.of("content cache", () -> contentCache(settings), Bootstrap::illegal));
    }

    private static Answer contentCache(Settings settings) {
        Path directory = DataDirectory.from(settings).cache();
        Optional<Long> room = ContentCacheSize.from(settings).bytes();
        if (!S3Settings.areIn(settings)) {
            return Answer.ok("Complete, and every value is legal; without S3 no copies are kept");
        }
        return Answer.ok(
                room.map(bytes -> "The service keeps up to " + bytes / MEBIBYTE + " MiB of what it reads from S3 in "
                                + directory.toAbsolutePath().normalize())
                        .orElse("The service keeps no copies of what it reads from S3"));
    }

    private static Check legality(String check, Settings settings, Consumer<Settings> reader) {
        return Check.of(
                check,
                () -> {
                    reader.accept(settings);
                    return Answer.ok("Complete, and every value is legal");
                },
                Bootstrap::illegal);
    }

    private static Answer illegal(Exception failure) {
        return Outcome.SETTING_WRONG.answer(
                Failure.of(failure).message(), "Correct it in the environment or in the settings file");
    }

    private static List<Finding> checkup(Area area, Settings settings, Function<Settings, Checkup> maker) {
        Checkup checkup;
        try {
            checkup = maker.apply(settings);
        } catch (SettingsException e) {
            return List.of(Answer.notChecked("A setting is wrong, see above").to(area, "all of it"));
        }
        return checkup.run();
    }

    private static Checkup databaseCheckup(Settings settings) {
        MySqlSettings database = MySqlSettings.from(settings);
        DatabaseCheckup checkup = new DatabaseCheckup(database);
        Path data = DataDirectory.from(settings).path();
        // where no command has ever had a turn, nothing is left behind for the sake of it
        if (!database.isEmbedded() || Files.notExists(data.resolve(TURN_FILE))) {
            return checkup;
        }
        return () -> inTurn(data, checkup);
    }

    private static List<Finding> inTurn(Path data, Checkup checkup) {
        CommandTurn turn;
        try {
            turn = turn(data);
        } catch (SettingsException e) {
            String advice =
                    "Let the user who runs this write to " + data.resolve(TURN_FILE) + ", which commands take turns by";
            return List.of(Outcome.SETTING_WRONG
                    .answer(Failure.of(e).message(), advice)
                    .because(e)
                    .to(Area.DATABASE, "turn"));
        }
        try {
            return checkup.run();
        } finally {
            turn.end();
        }
    }

    private static Checkup storeCheckup(Settings settings) {
        return S3Settings.areIn(settings)
                ? new S3Checkup(S3Settings.from(settings))
                : new DirectoryStoreCheckup(DataDirectory.from(settings).images());
    }

    private static CommandTurn turn(Path data) {
        try {
            return CommandTurn.await(data.resolve(TURN_FILE), CommandTurn.PATIENCE);
        } catch (IOException e) {
            throw new SettingsException(DataDirectory.SETTING + ": no file can be made and locked in " + data, e);
        }
    }

    private static Supplier<ImageStore> store(Settings settings) {
        if (S3Settings.areIn(settings)) {
            S3Settings s3 = S3Settings.from(settings);
            return () -> S3ImageStore.create(s3);
        }
        return () -> DirectoryImageStore.from(settings);
    }

    private static String describe(Settings settings, MySqlSettings database, DataDirectory data) {
        if (!S3Settings.areIn(settings)) {
            return data.images().toAbsolutePath().normalize() + " and " + database;
        }
        S3Settings s3 = S3Settings.from(settings);
        return "s3://" + s3.bucket() + "/" + s3.prefix() + " and " + database;
    }

    /**
     * What links stand for.
     *
     * @return is closed by the caller
     * @throws SettingsException if a setting is wrong
     */
    static LinkedPictures linkedPictures(Settings settings) {
        return new LinkedPictures(
                HttpWebClient.create(),
                FetchSettings.from(settings),
                NameResolver.SYSTEM,
                new SharedPlaces<>(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    /**
     * Pictures in a bucket.
     *
     * @param pictures are read from there
     * @param onClose ends the connection
     */
    public record OpenBucket(BulkSource<PictureItem> pictures, Runnable onClose) implements AutoCloseable {

        @Override
        public void close() {
            onClose.run();
        }
    }

    /**
     * Somebody's bucket, read with the settings that begin with {@value #IMPORT}, or else with those of our own bucket.
     * Of our own bucket, only what can't be ours.
     *
     * @return is closed by the caller
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though no setting is wrong
     */
    static OpenBucket open(SourceBucket bucket, Settings settings) {
        S3Source opened = isOurs(bucket, settings)
                ? S3Source.openForeign(S3Settings.from(settings), bucket.prefix())
                : S3Source.open(sourceSettings(bucket, settings), bucket.prefix());
        return new OpenBucket(opened, opened::close);
    }

    private static S3Settings sourceSettings(SourceBucket bucket, Settings settings) {
        Map<String, String> source = new HashMap<>();
        for (String name : List.of("S3_ENDPOINT", "S3_REGION", "S3_PATH_STYLE")) {
            settings.text(IMPORT + name).or(() -> settings.text(name)).ifPresent(value -> source.put(name, value));
        }
        // no half of our own key belongs to a half of another one
        boolean hasKey = KEY_SETTINGS.stream().anyMatch(name -> settings.has(IMPORT + name));
        for (String name : KEY_SETTINGS) {
            settings.secret(hasKey ? IMPORT + name : name).ifPresent(value -> source.put(name, value));
        }
        source.put("S3_BUCKET", bucket.name());
        return S3Settings.from(Settings.of(source));
    }

    /** Whether our own objects lie there, or below. */
    private static boolean isOurs(SourceBucket bucket, Settings settings) {
        if (settings.has(IMPORT + "S3_ENDPOINT") || !S3Settings.areIn(settings)) {
            return false;
        }
        S3Settings ours = S3Settings.from(settings);
        return ours.bucket().equals(bucket.name())
                && (ours.prefix().startsWith(bucket.prefix()) || bucket.prefix().startsWith(ours.prefix()));
    }

    /**
     * The table of the Node.js service, read as {@value #IMPORT}{@code DB_USER} with
     * {@value #IMPORT}{@code DB_PASSWORD}, unless the URL says whom to connect as.
     *
     * @throws IllegalArgumentException if the URL is not legal
     */
    static BulkSource<AdoptableItem> nodeServiceTable(String jdbcUrl, Settings settings, ZoneId zone) {
        return new NodeServiceTable(
                jdbcUrl, settings.text(IMPORT + "DB_USER"), settings.secret(IMPORT + "DB_PASSWORD"), zone);
    }
}
