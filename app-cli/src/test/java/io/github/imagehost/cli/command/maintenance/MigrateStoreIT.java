package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.RunnableJar;
import io.github.imagehost.cli.RunnableJar.Running;
import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MigrateStoreIT {

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final int LIMIT_SECONDS = 60;
    private static final int IMAGES = 400;
    /** After how many uploads to the new store a migration is ended before its time. */
    private static final int UPLOADS = 80;

    private static final Transformation THUMBNAIL =
            new Transformation(OptionalInt.of(8), OptionalInt.empty(), Fit.INSIDE, ImageType.JPEG, 80);

    @TempDir
    Path directory;

    private final Map<String, String> newStore = S3TestServer.shared().freshBucket();

    @Tag("deep")
    @Test
    void losesNothingUnderLoadFromADirectoryToS3OnTheEmbeddedDatabase() throws Exception {
        losesNothingUnderLoad(TestDatabases.embedded(directory.resolve("data")).settings());
    }

    @Tag("deep")
    @Test
    void losesNothingUnderLoadFromADirectoryToS3OnAServer() throws Exception {
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("DATA_DIR", directory.resolve("data").toString());
            losesNothingUnderLoad(settings);
        }
    }

    @Test
    void copiesFromBucketToBucketAndBackToADirectory() throws Exception {
        try (TestDatabase database = TestDatabases.onServer()) {
            CommandRunner onFirst = CommandRunner.in(directory.resolve("data"))
                    .with(database.settings())
                    .with(S3TestServer.shared().freshBucket())
                    .with("S3_PREFIX", "old/");
            byte[] picture = Pictures.uniquePng();
            onFirst.reading(picture).run("upload", "-");
            JsonNode toBucket = onFirst.run("migrate-store", "--to", file(newStore), "--last", "--json")
                    .json();
            CommandRunner onSecond = CommandRunner.in(directory.resolve("data"))
                    .with(database.settings())
                    .with(newStore);

            JsonNode toDirectory = onSecond.run(
                            "migrate-store",
                            "--to",
                            file(Map.of("DATA_DIR", directory.resolve("last").toString())),
                            "--last",
                            "--json")
                    .json();

            assertThat(toBucket.get("readyToSwitch").asBoolean()).isTrue();
            assertThat(toBucket.get("changes").toString())
                    .contains("S3_BUCKET=" + newStore.get("S3_BUCKET"), "S3_PREFIX is no longer set");
            assertThat(toDirectory.get("readyToSwitch").asBoolean()).isTrue();
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("DATA_DIR", directory.resolve("last").toString());
            try (ImageHost host = host(settings)) {
                assertThat(bytes(host, host.find(1).orElseThrow().filename())).isEqualTo(picture);
            }
        }
    }

    private void losesNothingUnderLoad(Map<String, String> settings) throws Exception {
        RunnableJar imagehost = new RunnableJar(directory, settings);
        Load load;
        try (ImageHost host = host(settings);
                FaultProxy way = FaultProxy.to(S3TestServer.shared().endpoint())) {
            Map<String, String> watched = new HashMap<>(newStore);
            watched.put("S3_ENDPOINT", way.endpoint().toString());
            String to = file(watched);
            load = new Load(host);
            load.upload(IMAGES);
            load.begin();
            try {
                CountDownLatch stuck = load.goOnWithUploadsOn(way, UPLOADS);
                Running killed = imagehost.start("migrate-store", "--to", to, "--parallel", "1");
                await(stuck, killed);
                killed.process().destroyForcibly();
                assertThat(killed.await().exitCode()).isEqualTo(KILLED);
                way.heal();

                stuck = load.goOnWithUploadsOn(way, UPLOADS);
                Running stopped = imagehost.start("migrate-store", "--to", to, "--parallel", "1");
                await(stuck, stopped);
                stopped.process().destroy();
                stopped.awaitError("Stopping");
                way.heal();
                assertThat(stopped.await().exitCode()).isEqualTo(TERMINATED);

                load.goOnWithUploadsOn(way, Integer.MAX_VALUE);
                assertThat(imagehost.run("migrate-store", "--to", to).exitCode())
                        .isZero();
            } finally {
                load.end();
            }
        }
        assertThat(load.deleted).isNotEmpty();

        JsonNode last = CommandRunner.in(directory.resolve("data"))
                .with(settings)
                .run("migrate-store", "--to", file(newStore), "--last", "--json")
                .json();

        assertThat(last.get("readyToSwitch").asBoolean()).as("%s", last).isTrue();
        assertThat(last.at("/report/strangers").asLong()).isZero();
        Map<String, String> switched = new HashMap<>(settings);
        switched.putAll(newStore);
        try (ImageHost host = host(switched)) {
            for (Map.Entry<String, byte[]> image : load.acknowledged.entrySet()) {
                assertThat(bytes(host, image.getKey())).as(image.getKey()).isEqualTo(image.getValue());
            }
            assertThat(load.deleted)
                    .allSatisfy(image ->
                            assertThat(host.findByFilename(image.filename())).isEmpty());
        }
        assertThat(objects()).isEqualTo(expectedObjects(switched)).hasSizeGreaterThan(load.acknowledged.size());
    }

    private static void await(CountDownLatch stuck, Running migration) throws Exception {
        assertThat(stuck.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(() -> "it has not come so far: " + migration)
                .isTrue();
    }

    /** Uploads, renders and deletes as a migration goes on, and remembers what was answered. */
    private static final class Load {

        private static final int THREADS = 2;
        /** With fewer, there would be more and more to copy. */
        private static final int COPIES_PER_ROUND = 4;

        private final ImageHost host;
        private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Image> deletable = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Image> deleted = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        private final List<Future<?>> running = new ArrayList<>();
        private final Semaphore rounds = new Semaphore(THREADS);
        private volatile boolean ending;

        Load(ImageHost host) {
            this.host = host;
        }

        void upload(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                upload();
            }
        }

        private Image upload() throws IOException {
            byte[] picture = Pictures.uniquePng();
            Upload upload = host.upload(OwnerId.DEFAULT, "cat.png", new ByteArrayInputStream(picture));
            acknowledged.put(upload.image().filename(), picture);
            deletable.add(upload.image());
            return upload.image();
        }

        void begin() {
            Callable<Void> visitor = () -> {
                while (true) {
                    rounds.acquire();
                    if (ending) {
                        return null;
                    }
                    host.variant(upload(), THUMBNAIL);
                    upload();
                    Image image = deletable.remove();
                    acknowledged.remove(image.filename());
                    host.delete(image.id());
                    deleted.add(image);
                }
            };
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(visitor));
            }
        }

        /**
         * Goes on whenever some objects were put.
         *
         * @param count the last of so many uploads gets stuck on its way
         * @return is down when it is
         */
        CountDownLatch goOnWithUploadsOn(FaultProxy way, int count) {
            AtomicInteger uploads = new AtomicInteger();
            CountDownLatch stuck = new CountDownLatch(1);
            way.always(
                    request -> {
                        if (!request.startsWith("PUT ")) {
                            return false;
                        }
                        int number = uploads.incrementAndGet();
                        if (number % COPIES_PER_ROUND == 0) {
                            rounds.release();
                        }
                        if (number >= count) {
                            stuck.countDown();
                        }
                        return number >= count;
                    },
                    Fault.stallRequestAfter(0));
            return stuck;
        }

        /** Fails if anything failed. */
        void end() throws Exception {
            ending = true;
            rounds.release(THREADS);
            threads.shutdown();
            for (Future<?> visitor : running) {
                visitor.get(1, TimeUnit.MINUTES);
            }
        }
    }

    private List<ObjectKey> objects() {
        try (ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(newStore)))) {
            List<ObjectKey> keys = new ArrayList<>();
            for (List<ObjectLister.StoredObject> page = store.list(Optional.empty(), 1000); !page.isEmpty(); ) {
                page.forEach(object -> keys.add(object.key()));
                page = store.list(Optional.of(keys.get(keys.size() - 1)), 1000);
            }
            return keys;
        }
    }

    private static List<ObjectKey> expectedObjects(Map<String, String> settings) {
        try (AdministrableRepository repository =
                MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(settings)))) {
            List<ObjectKey> keys = new ArrayList<>();
            for (List<BlobEntry> page = repository.blobs(Optional.empty(), BlobCatalog.MAX_LIMIT); !page.isEmpty(); ) {
                page.stream()
                        .filter(blob -> blob.state() == BlobEntry.State.STORED)
                        .forEach(blob -> keys.add(blob.objectKey()));
                page = repository.blobs(Optional.of(page.get(page.size() - 1).objectKey()), BlobCatalog.MAX_LIMIT);
            }
            return keys;
        }
    }

    private static ImageHost host(Map<String, String> values) {
        Settings settings = Settings.of(values);
        MySqlMetadataRepository repository = MySqlMetadataRepository.open(MySqlSettings.from(settings));
        return ImageHost.builder()
                .store(
                        S3Settings.areIn(settings)
                                ? S3ImageStore.create(S3Settings.from(settings))
                                : DirectoryImageStore.from(settings))
                .metadata(repository)
                .rendering(new JavaImageEngine(Duration.ofSeconds(30)), repository)
                .build();
    }

    private static byte[] bytes(ImageHost host, String filename) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageContent content = host.open(filename)) {
            content.transferTo(bytes);
        }
        return bytes.toByteArray();
    }

    private String file(Map<String, String> settings) throws IOException {
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        return Files.writeString(Files.createTempFile(directory, "store", ".env"), lines)
                .toString();
    }
}
