package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.MixedFiles.Expected;
import io.github.imagehost.cli.RunnableJar.Running;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.NodeService;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportIT {

    private static final int FILES = 600;
    private static final int JOBS = 4;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    @TempDir
    Path directory;

    private Path pictures;

    @BeforeEach
    void makeDirectory() throws IOException {
        pictures = Files.createDirectory(directory.resolve("pictures"));
    }

    @Test
    void isKilledTwiceAndEndsWithExactlyTheRightImagesOnTheEmbeddedDefault() throws Exception {
        RunnableJar imagehost = new RunnableJar(directory, Map.of());

        List<Images.Row> images = importKilledTwice(imagehost);

        try (Stream<Path> files = Files.walk(directory.resolve("data/images"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(filenames(images));
        }
    }

    @Test
    void isKilledTwiceAndEndsWithExactlyTheRightImagesOnServers() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(bucket);

            List<Images.Row> images = importKilledTwice(new RunnableJar(directory, settings));

            assertThat(S3TestServer.shared()
                            .objects(Objects.requireNonNull(bucket.get("S3_BUCKET")))
                            .keySet())
                    .containsExactlyInAnyOrderElementsOf(filenames(images));
        }
    }

    @Test
    void readsAnotherBucketWithNamesAndDates() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        String source = Objects.requireNonNull(bucket.remove("S3_BUCKET"));
        byte[] picture = Pictures.uniquePng();
        Map<String, byte[]> objects = Map.of(
                "old/图片 1.png",
                picture,
                "old/a/b+c%20.png",
                picture,
                "old/other.gif",
                Pictures.uniqueGif(),
                "old/notes.txt",
                Pictures.html(),
                "old/folder/",
                new byte[0],
                "elsewhere.png",
                Pictures.uniquePng());
        Map<String, String> settings = new HashMap<>();
        bucket.forEach((name, value) -> settings.put("IMPORT_" + name, value));
        objects.forEach((key, bytes) -> S3TestServer.shared().put(source, key, bytes));
        RunnableJar imagehost = new RunnableJar(directory, settings);

        Result forecast = imagehost.run("import", "--dry-run", "--json", "s3://" + source + "/old/");
        Result result = imagehost.run("import", "--json", "s3://" + source + "/old/");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().get("added").asInt()).isEqualTo(2);
        assertThat(result.json().get("duplicates").asInt()).isEqualTo(1);
        assertThat(result.json().get("problems").findValuesAsString("name")).containsExactly("old/notes.txt");
        assertThat(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"))
                .isEqualTo(result.out());
        Map<String, Instant> dates = S3TestServer.shared().objects(source);
        dates.replaceAll((key, date) -> date.truncatedTo(ChronoUnit.MILLIS));
        assertThat(Images.of(imagehost::run))
                .extracting(Images.Row::originalName, image -> Instant.parse(image.uploadTime()))
                .containsExactlyInAnyOrder(
                        tuple("b+c%20.png", dates.get("old/a/b+c%20.png")),
                        tuple("other.gif", dates.get("old/other.gif")));
    }

    @Test
    void adoptsDatabaseAndBucketOfTheNodeService() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        NodeService old = new NodeService();
        try (TestDatabase database = TestDatabases.onServer();
                TestDatabase oldDatabase = TestDatabases.onServer()) {
            String url = oldDatabase.jdbcUrl();
            old.fill(url);
            old.objects()
                    .forEach((key, bytes) ->
                            S3TestServer.shared().put(Objects.requireNonNull(bucket.get("S3_BUCKET")), key, bytes));
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(bucket);
            settings.put("LC_ALL", "C.UTF-8");

            AdoptionChecks.run(new RunnableJar(directory, settings)::run, url.replace("jdbc:mysql:", "jdbc:mariadb:"));
        }
    }

    private List<Images.Row> importKilledTwice(RunnableJar imagehost) throws Exception {
        MixedFiles files = MixedFiles.create(pictures, FILES);
        Path journal = directory.resolve("journal");
        String[] command = {
            "import", pictures.toString(), "--journal", journal.toString(), "--json", "--jobs", String.valueOf(JOBS)
        };
        Result forecast = imagehost.run("import", "--dry-run", "--json", pictures.toString());
        for (int lines : new int[] {FILES / 3, FILES}) {
            Running running = imagehost.start(command);
            awaitLines(journal, lines, running);
            assertThat(running.process().isAlive()).isTrue();
            running.process().destroyForcibly();
            running.await();
        }

        Result result = imagehost.run(command);

        assertThat(result.err()).contains("Going on with the import");
        assertThat(result.out()).isEqualTo(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"));
        assertThat(result.json().get("added").asInt())
                .isEqualTo(files.expected().size());
        assertThat(result.json().get("duplicates").asInt()).isEqualTo(files.duplicates());
        assertThat(result.json().get("refused").asInt()).isEqualTo(files.junk());
        assertThat(journal).doesNotExist();
        assertThat(imagehost.run("sweep").exitCode()).isZero();
        List<Images.Row> images = Images.of(imagehost::run);
        Set<Expected> found = images.stream().map(Images.Row::expected).collect(Collectors.toSet());
        assertThat(images).hasSize(files.expected().size());
        assertThat(found).isEqualTo(files.expected());
        return images;
    }

    private static void awaitLines(Path file, int count, Running running) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!Files.exists(file) || lines(file) < count) {
            assertThat(System.nanoTime()).as(Files.readString(running.err())).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private static long lines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.chars().filter(c -> c == '\n').count();
    }

    private static List<String> filenames(List<Images.Row> images) {
        return images.stream().map(Images.Row::filename).toList();
    }
}
