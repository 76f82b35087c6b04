package io.github.imagehost.cli.command.maintenance;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Damage that is planted by hand is found, repaired and healed, while others upload and delete. */
class FsckIT {

    private static final int LIMIT_SECONDS = 120;
    /**
     * How often somebody else may upload and delete while the store is checked once: more often than there is time for.
     */
    private static final int ROUNDS = 100_000;
    /** He leaves the processors to the check. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(Depth.of(20, 1));
    /** Of each kind of damage. */
    private static final int DAMAGED = Depth.of(3, 10);

    /** Where objects can be changed behind the back of the program. */
    private interface Place {

        ImageStore store();

        /** Puts other bytes where an object is, leaving all that is known of it as it is. */
        void overwrite(ObjectKey key, byte[] bytes) throws IOException;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record Picture(byte[] bytes, List<Image> links) {

        ObjectKey key() {
            return links.get(0).objectKey();
        }
    }

    @TempDir
    Path directory;

    @Test
    void repairsWhatIsDamagedInAFolder() throws Exception {
        Path root = directory.resolve("images");
        Place place = new Place() {
            @Override
            public ImageStore store() {
                return DirectoryImageStore.at(root);
            }

            @Override
            public void overwrite(ObjectKey key, byte[] bytes) throws IOException {
                Files.write(root.resolve(key.value().substring(0, 2)).resolve(key.value()), bytes);
            }
        };
        repairsWhatIsDamaged(Map.of("DATA_DIR", directory.toString()), place);
    }

    @Test
    void repairsWhatIsDamagedInABucketAndOnADatabaseServer() throws Exception {
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(S3TestServer.shared().freshBucket());
            settings.put("S3_PREFIX", "ours/");
            S3Settings s3 = S3Settings.from(Settings.of(settings));
            Place place = new Place() {
                @Override
                public ImageStore store() {
                    return S3ImageStore.create(s3);
                }

                @Override
                public void overwrite(ObjectKey key, byte[] bytes) {
                    S3TestServer.shared().damage(s3.bucket(), "ours/" + key, bytes);
                }
            };
            repairsWhatIsDamaged(settings, place);
        }
    }

    private void repairsWhatIsDamaged(Map<String, String> settings, Place place) throws Exception {
        CommandRunner imagehost = CommandRunner.in(directory).with(settings);
        ImageHost host = ImageHost.builder()
                .store(place.store())
                .metadata(MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(settings))))
                .build();
        try (host;
                ImageStore store = place.store();
                Uploader others = new Uploader(host)) {
            List<Picture> pictures = upload(host, 6 * DAMAGED);
            List<Picture> removed = pictures.subList(0, DAMAGED);
            List<Picture> truncated = pictures.subList(DAMAGED, 2 * DAMAGED);
            List<Picture> flipped = pictures.subList(2 * DAMAGED, 3 * DAMAGED);
            List<ObjectKey> strangers = new ArrayList<>();
            store.delete(removed.stream().map(Picture::key).toList());
            for (Picture picture : truncated) {
                byte[] stored = read(host, picture.links().get(0));
                place.overwrite(picture.key(), Arrays.copyOf(stored, stored.length - 7));
            }
            for (Picture picture : flipped) {
                byte[] stored = read(host, picture.links().get(0));
                stored[stored.length / 2] ^= 1;
                place.overwrite(picture.key(), stored);
            }
            for (int i = 0; i < DAMAGED; i++) {
                ObjectKey stranger = new ObjectKey((i % 2 == 0 ? "aa" : "old/") + "stranger" + i + ".png");
                store.put(stranger, TestContent.ofSize(100 + i, i));
                strangers.add(stranger);
            }
            Map<String, List<String>> planted = Map.of(
                    "missing", names(removed),
                    "wrong_size", names(truncated),
                    "wrong_bytes", names(flipped),
                    "orphan", strangers.stream().map(ObjectKey::value).sorted().toList());
            others.goOn();

            // even the youngest orphan counts: what others do at the same time is still told apart from it
            Result found = imagehost.run("fsck", "--deep", "--orphan-age", "0s", "--json");
            assertThat(byKind(found)).isEqualTo(planted);
            assertThat(found.exitCode()).isEqualTo(1);
            others.goOn();
            Result repaired = imagehost.run("fsck", "--deep", "--orphan-age", "0s", "--repair", "--json");
            assertThat(byKind(repaired)).isEqualTo(planted);
            assertThat(repaired.json().get("repaired").asInt()).isEqualTo(4 * DAMAGED);
            assertThat(repaired.exitCode()).isEqualTo(1);
            others.goOn();
            Result second = imagehost.run("fsck", "--deep", "--orphan-age", "0s", "--json");
            List<Picture> lost = pictures.subList(0, 3 * DAMAGED);
            assertThat(byKind(second)).isEqualTo(Map.of("waiting", names(lost)));
            assertThat(second.exitCode()).isZero();
            assertThat(second.json().get("quarantined").asInt()).isEqualTo(3 * DAMAGED);

            for (Picture picture : lost) {
                assertThat(upload(host, BOB, picture.bytes()))
                        .isEqualTo(picture.links().get(1));
            }
            for (Picture picture : pictures) {
                for (Image link : picture.links()) {
                    assertThat(TestContent.digestOf(read(host, link)))
                            .isEqualTo(link.content().storedDigest());
                    assertThat(host.find(link.owner(), link.id())).contains(link);
                }
            }
            others.goOn();
            Result healed = imagehost.run("fsck", "--deep", "--orphan-age", "0s", "--json");
            assertThat(byKind(healed)).isEmpty();
            assertThat(healed.json().get("clean").asBoolean()).isTrue();

            assertThat(imagehost.run("fsck", "--purge-quarantine", "0s").onlyLine())
                    .isEqualTo("Objects deleted: " + 3 * DAMAGED);
            assertThat(imagehost.run("fsck", "--json").json().get("quarantined").asInt())
                    .isZero();
        }
    }

    private static List<Picture> upload(ImageHost host, int count) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Pictures.uniquePng();
            pictures.add(new Picture(bytes, List.of(upload(host, ALICE, bytes), upload(host, BOB, bytes))));
        }
        return pictures;
    }

    private static Image upload(ImageHost host, OwnerId owner, byte[] picture) throws IOException {
        return host.upload(owner, "cat.png", new ByteArrayInputStream(picture)).image();
    }

    private static byte[] read(ImageHost host, Image image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageContent content = host.open(image.filename())) {
            content.transferTo(out);
        }
        return out.toByteArray();
    }

    private static List<String> names(List<Picture> pictures) {
        return pictures.stream().map(picture -> picture.key().value()).sorted().toList();
    }

    /** The names of what was found, in order, by what it is. */
    private static Map<String, List<String>> byKind(Result result) {
        assertThat(result.err()).doesNotContain("imagehost:");
        return result.json()
                .get("findings")
                .valueStream()
                .collect(Collectors.groupingBy(
                        finding -> finding.get("kind").asString(),
                        Collectors.mapping(FsckIT::name, Collectors.toList())));
    }

    private static String name(JsonNode finding) {
        return finding.get("name").asString();
    }

    /** Somebody who uploads and deletes a while, whenever he is asked to go on. */
    private static final class Uploader implements AutoCloseable {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Semaphore rounds = new Semaphore(0);
        private final Semaphore done = new Semaphore(0);
        private volatile boolean ended;
        private final Future<Void> running;

        Uploader(ImageHost host) {
            Callable<Void> work = () -> {
                OwnerId carol = new OwnerId(3);
                while (true) {
                    rounds.acquire();
                    if (ended) {
                        return null;
                    }
                    Image kept = upload(host, carol, Pictures.uniquePng());
                    Image deleted = upload(host, carol, Pictures.uniquePng());
                    host.delete(carol, List.of(deleted.id()));
                    host.sweep();
                    assertThat(read(host, kept)).isNotEmpty();
                    done.release();
                    Thread.sleep(BETWEEN_ROUNDS.toMillis());
                }
            };
            this.running = thread.submit(work);
        }

        /** Returns when he is at it again. */
        void goOn() throws InterruptedException {
            rounds.drainPermits();
            done.drainPermits();
            rounds.release(ROUNDS);
            assertThat(done.tryAcquire(2, LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            ended = true;
            rounds.release();
            try {
                assertThat(running).succeedsWithin(Duration.ofSeconds(LIMIT_SECONDS));
            } finally {
                thread.shutdownNow();
            }
        }
    }
}
