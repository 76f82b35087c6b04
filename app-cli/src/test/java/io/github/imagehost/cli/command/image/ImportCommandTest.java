package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.Images;
import io.github.imagehost.cli.MixedFiles;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.mysql.testing.NodeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImportCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;
    private Path data;
    private Path pictures;

    @BeforeEach
    void useFreshDirectories() throws IOException {
        data = directory.resolve("data");
        pictures = Files.createDirectory(directory.resolve("pictures"));
        imagehost = CommandRunner.withDatabaseIn(data);
    }

    @Test
    void forecastsWhatItDoes() throws IOException {
        MixedFiles files = MixedFiles.create(pictures, 200);

        Result forecast = imagehost.run("import", "--dry-run", "--json", pictures.toString());

        assertThat(imagehost
                        .run("list", "--json")
                        .json()
                        .at("/pagination/totalItems")
                        .asInt())
                .isZero();
        assertThat(forecast.exitCode()).isEqualTo(1);
        assertThat(forecast.json().get("added").asInt())
                .isEqualTo(files.expected().size());
        assertThat(forecast.json().get("duplicates").asInt()).isEqualTo(files.duplicates());
        assertThat(forecast.json().get("refused").asInt()).isEqualTo(files.junk());
        assertThat(forecast.json().get("bytesRead").asLong()).isEqualTo(files.bytes());
        assertThat(forecast.json().get("bytesStored").asLong()).isEqualTo(files.uniqueBytes());
        assertThat(forecast.json().get("bytesSaved").asLong()).isEqualTo(files.bytes() - files.uniqueBytes());
        assertThat(forecast.json().get("remarks").propertyNames()).containsExactly("file_empty", "unsupported_image");

        Result outcome = imagehost.run("import", "--json", pictures.toString());

        assertThat(outcome.out()).isEqualTo(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"));
        assertThat(outcome.errors()).hasSize(files.junk()).isEqualTo(forecast.errors());
        assertThat(data.resolve("imports")).isEmptyDirectory();
        assertThat(Images.of(imagehost))
                .extracting(Images.Row::expected)
                .containsExactlyInAnyOrderElementsOf(files.expected());
    }

    @Test
    void tellsPeopleInLines() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Files.write(pictures.resolve("a.png"), picture);
        Files.write(pictures.resolve("b.png"), picture);
        Files.write(pictures.resolve("c.txt"), Pictures.html());
        String size = Amounts.bytes(picture.length);

        assertThat(imagehost.run("import", "--dry-run", pictures.toString()).lines())
                .containsExactly(
                        "Files: 3, " + Amounts.bytes(2L * picture.length),
                        "New: 1, " + size + " to store",
                        "Duplicates: 1, " + size + " to save",
                        "Refused: 1",
                        "  unsupported_image: 1");
        Result result = imagehost.run("import", pictures.toString());

        assertThat(result.lines()).contains("New: 1, " + size + " stored", "Duplicates: 1, " + size + " saved");
        assertThat(result.err()).contains("imagehost: c.txt: The file is no image of an allowed type");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void theSameImportAgainFindsDuplicatesOnly() throws IOException {
        Files.write(pictures.resolve("a.png"), Pictures.uniquePng());
        imagehost.run("import", pictures.toString());

        Result again = imagehost.run("import", "--json", pictures.toString());

        assertThat(again.exitCode()).isZero();
        assertThat(again.json().get("duplicates").asInt()).isOne();
    }

    @Test
    void aJournalWithFailuresIsKept() throws IOException {
        Files.write(pictures.resolve("a.png"), Pictures.uniquePng());
        Files.createSymbolicLink(pictures.resolve("b.png"), pictures.resolve("absent.png"));
        Path journal = directory.resolve("journal");

        Result first = imagehost.run("import", pictures.toString(), "--journal", journal.toString(), "--json");

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.json().at("/problems/0/code").asString()).isEqualTo("file_unreadable");
        assertThat(journal).exists();
        Files.write(pictures.resolve("absent.png"), Pictures.uniquePng());
        Files.delete(pictures.resolve("b.png"));

        Result second = imagehost.run("import", pictures.toString(), "--journal", journal.toString(), "--json");

        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).contains("Going on with the import that " + journal + " tells of");
        assertThat(second.json().get("added").asInt()).isEqualTo(2);
        assertThat(journal).doesNotExist();
    }

    @Test
    void anotherImportsJournalIsNotUsed() throws IOException {
        Path journal = directory.resolve("journal");
        Files.createSymbolicLink(pictures.resolve("b.png"), pictures.resolve("absent.png"));
        imagehost.run("import", pictures.toString(), "--journal", journal.toString());

        Result result = imagehost.run("import", directory.toString(), "--journal", journal.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("imagehost: The journal " + journal + " is about something else: import of ");
    }

    @Test
    void adoptsWhatLiesInTheStore() throws IOException {
        byte[] picture = Pictures.uniquePng();
        byte[] tagged = TaggedPictures.jpeg();
        Instant date = Instant.parse("2012-03-04T05:06:07.089Z");
        String uploaded = imagehost
                .run(
                        "upload",
                        Files.write(pictures.resolve("a.png"), Pictures.uniquePng())
                                .toString())
                .onlyLine();
        object("old.png", picture, date);
        object("twin.png", picture, date);
        object("deep/inside.jpg", tagged, date);
        object("notes.txt", Pictures.html(), date);
        object("variants/old.png/x.png", Pictures.uniquePng(), date);
        object("quarantine/y.png", Pictures.uniquePng(), date);

        Result forecast = imagehost.run("import", "--adopt", "--dry-run", "--json");
        Result result = imagehost.run("import", "--adopt", "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().get("added").asInt()).isEqualTo(2);
        assertThat(result.json().get("duplicates").asInt()).isEqualTo(1);
        assertThat(result.json().get("known").asInt()).isEqualTo(1);
        assertThat(result.json().get("refused").asInt()).isEqualTo(1);
        assertThat(result.json().at("/remarks/metadata_kept").asInt()).isEqualTo(1);
        assertThat(result.json().at("/problems/0/name").asString()).isEqualTo("notes.txt");
        assertThat(forecast.out().replace("\"dryRun\":true", "\"dryRun\":false"))
                .isEqualTo(result.out());
        assertThat(imagehost
                        .run("show", "http://127.0.0.1:3000/i/old.png", "--json")
                        .json()
                        .get("uploadTime")
                        .asString())
                .isEqualTo(date.toString());
        assertThat(imagehost
                        .run("show", "twin.png", "--json")
                        .json()
                        .get("filename")
                        .asString())
                .isEqualTo("old.png");
        assertThat(imagehost.run("show", uploaded).exitCode()).isZero();
        assertThat(Images.of(imagehost))
                .hasSize(3)
                .extracting(Images.Row::originalName)
                .contains("inside.jpg");
        assertThat(data.resolve("images/de/deep/inside.jpg")).hasBinaryContent(tagged);
        assertThat(imagehost
                        .run("import", "--adopt", "--json")
                        .json()
                        .get("known")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void adoptsTheTableOfTheNodeService() throws Exception {
        NodeService old = new NodeService();
        String url = "jdbc:h2:" + directory.resolve("old") + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE";
        imagehost.run("list");
        old.fill(url);
        for (Map.Entry<String, byte[]> object : old.objects().entrySet()) {
            object(object.getKey(), object.getValue(), Instant.now());
        }

        AdoptionChecks.run(imagehost::run, url);

        JsonNode image = imagehost.run("show", "10", "--json").json();
        assertThat(imagehost.run("delete", image.get("id").asString()).exitCode())
                .isZero();
        old.objects().keySet().stream()
                .filter(key -> key.matches(".*-[12][01].jpg"))
                .forEach(key ->
                        assertThat(data.resolve("images/16").resolve(key)).doesNotExist());
    }

    @Test
    void aDatabaseThatIsAwayIsTriedLaterWithoutItsPasswordBeingTold() {
        Result result = imagehost
                .impatient()
                .run("import", "--from-database", "jdbc:mysql://me:secret@127.0.0.1:1/pictures?password=secret");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("jdbc:mysql://127.0.0.1:1/pictures").doesNotContain("secret");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(imagehost.run("import", "s3://").err()).contains("legal is s3://bucket or s3://bucket/prefix");
        assertThat(imagehost.run("import", "absent").err()).contains("SOURCE is no directory: absent");
        assertThat(imagehost.run("import", "--adopt", "--time-zone", "UTC").err())
                .contains("--time-zone goes with --from-database only");
        assertThat(imagehost
                        .run("import", "--from-database", "jdbc:h2:x", "--time-zone", "Mars")
                        .err())
                .contains("--time-zone: 'Mars' is no time zone");
        Result oracle = imagehost.run("import", "--from-database", "jdbc:oracle:thin:me/secret@host");
        assertThat(oracle.exitCode()).isEqualTo(2);
        assertThat(oracle.err()).contains("--from-database: legal is").doesNotContain("secret");
        assertThat(imagehost.run("import").err()).contains("SOURCE", "--adopt", "--from-database");
        assertThat(imagehost.run("import", "--adopt", ".").exitCode()).isEqualTo(2);
    }

    @Test
    void anImportFromABucketNeedsAKey() {
        Result result = imagehost.run("import", "s3://bucket");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("S3_ACCESS_KEY and S3_SECRET_KEY are not set, and no other key was found");
    }

    @Test
    void anImportFromABucketTakesNoHalfOfOurOwnKey() {
        Result result = imagehost
                .with("S3_ACCESS_KEY", "ours")
                .with("S3_SECRET_KEY", "ours")
                .with("S3_BUCKET", "ours")
                .with("IMPORT_S3_ACCESS_KEY", "theirs")
                .run("import", "s3://bucket");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("S3_SECRET_KEY is not set, but it has to be, because S3_ACCESS_KEY is set");
    }

    private void object(String key, byte[] bytes, Instant date) throws IOException {
        Path file = data.resolve("images").resolve(key.substring(0, 2)).resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(date));
    }
}
