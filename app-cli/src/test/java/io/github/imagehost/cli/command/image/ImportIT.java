package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.Images;
import io.github.imagehost.cli.MixedFiles;
import io.github.imagehost.cli.MixedFiles.Expected;
import io.github.imagehost.cli.RunnableJar;
import io.github.imagehost.cli.RunnableJar.Running;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.NodeService;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportIT {

    private static final int FILES = Depth.of(150, 600);
    private static final int JOBS = 4;
    private static final int LIMIT_SECONDS = 90;
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    private Path pictures;

    @BeforeEach
    void makeDirectory() throws IOException {
        pictures = Files.createDirectory(directory.resolve("pictures"));
    }

    @Tag("deep")
    @Test
    void isKilledTwiceAndEndsWithExactlyTheRightImagesOnTheEmbeddedDefault() throws Exception {
        List<Images.Row> images = importKilledTwice(Map.of());

        try (Stream<Path> files = Files.walk(directory.resolve("data/images"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(filenames(images));
        }
    }

    @Tag("deep")
    @Test
    void isKilledTwiceAndEndsWithExactlyTheRightImagesOnServers() throws Exception {
        Map<String, String> bucket = S3TestServer.shared().freshBucket();
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.putAll(bucket);

            List<Images.Row> images = importKilledTwice(settings);

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
        CommandRunner imagehost = inThisJvm(settings);

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
        assertThat(Images.of(imagehost))
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
            RunnableJar jar = new RunnableJar(directory, settings);
            CommandRunner inThisJvm = inThisJvm(settings);

            AdoptionChecks.run(
                    arguments ->
                            List.of(arguments).contains("--time-zone") ? jar.run(arguments) : inThisJvm.run(arguments),
                    url.replace("jdbc:mysql:", "jdbc:mariadb:"));
        }
    }

    /** For what is proved of the process already. */
    private CommandRunner inThisJvm(Map<String, String> settings) {
        return CommandRunner.in(directory.resolve("data")).with(settings);
    }

    private List<Images.Row> importKilledTwice(Map<String, String> settings) throws Exception {
        RunnableJar imagehost = new RunnableJar(directory, settings);
        CommandRunner inThisJvm = inThisJvm(settings);
        MixedFiles files = MixedFiles.create(pictures, FILES);
        Path journal = directory.resolve("journal");
        String[] command = {
            "import", pictures.toString(), "--journal", journal.toString(), "--json", "--jobs", String.valueOf(JOBS)
        };
        Result forecast = inThisJvm.run("import", "--dry-run", "--json", pictures.toString());
        killAt(files.placeBehind(FILES / 3), imagehost, command);
        killAt(files.placeBehind(FILES * 2 / 3), imagehost, command);

        Result result = imagehost.run(command);

        assertThat(result.err()).contains("Going on with the import");
        assertThat(result.out()).isEqualTo(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"));
        assertThat(result.json().get("added").asInt())
                .isEqualTo(files.expected().size());
        assertThat(result.json().get("duplicates").asInt()).isEqualTo(files.duplicates());
        assertThat(result.json().get("refused").asInt()).isEqualTo(files.junk());
        assertThat(journal).doesNotExist();
        assertThat(inThisJvm.run("sweep").exitCode()).isZero();
        List<Images.Row> images = Images.of(inThisJvm);
        Set<Expected> found = images.stream().map(Images.Row::expected).collect(Collectors.toSet());
        assertThat(images).hasSize(files.expected().size());
        assertThat(found).isEqualTo(files.expected());
        return images;
    }

    /**
     * Kills an import when one of its threads has come to this place, where it waits; the others work on the files
     * around it.
     */
    private static void killAt(Path place, RunnableJar imagehost, String... command) throws Exception {
        Process mkfifo =
                new ProcessBuilder("mkfifo", place.toString()).inheritIO().start();
        assertThat(mkfifo.waitFor()).isZero();
        Running running = imagehost.start(command);
        // nobody can open a pipe for writing before it is opened for reading
        Future<OutputStream> reached = CompletableFuture.supplyAsync(() -> open(place));
        try {
            OutputStream held = reached.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            running.process().destroyForcibly();
            assertThat(running.await().exitCode()).isEqualTo(KILLED);
            held.close();
        } finally {
            running.process().destroyForcibly();
        }
        Files.delete(place);
    }

    private static OutputStream open(Path pipe) {
        try {
            return Files.newOutputStream(pipe, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> filenames(List<Images.Row> images) {
        return images.stream().map(Images.Row::filename).toList();
    }
}
