package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportAndRestoreIT {

    private static final OwnerName BOB = new OwnerName("bob");

    @TempDir
    Path directory;

    private final Map<String, String> bucket =
            new HashMap<>(S3TestServer.shared().freshBucket());

    @Test
    void aServersDatabaseIsRestoredIntoAnotherAndIntoAnEmbeddedOne() throws Exception {
        bucket.put("S3_PREFIX", "ours/");
        try (TestDatabase original = TestDatabases.onServer();
                TestDatabase another = TestDatabases.onServer()) {
            fill(original.settings());
            CommandRunner embedded = CommandRunner.in(directory.resolve("data"));
            assertThat(export(runner(original.settings()), "original").out())
                    .contains(
                            "Pictures: 4",
                            "Further names of pictures: 1",
                            "Objects in the list of SHA-256: 3",
                            "Owners: 2");

            assertThat(restore(runner(another.settings())).exitCode()).isZero();
            assertThat(restore(embedded.with(bucket)).exitCode()).isZero();

            export(runner(another.settings()), "another");
            export(embedded.with(bucket), "embedded");
            assertThat(images("another")).isEqualTo(images("original")).hasSize(6);
            assertThat(images("embedded")).isEqualTo(images("original"));
            assertThat(file("another.sha256")).hasSameTextualContentAs(file("original.sha256"));
            assertThat(file("embedded.sha256")).hasSameTextualContentAs(file("original.sha256"));
        }
    }

    @Test
    void theListIsReadBySha256sumInACopyOfTheBucket() throws Exception {
        bucket.put("S3_PREFIX", "ours/");
        try (TestDatabase database = TestDatabases.onServer()) {
            fill(database.settings());
            export(runner(database.settings()), "images");
            Path copy = Files.createDirectory(directory.resolve("copy"));
            try (ImageStore store = store()) {
                for (StoredObject object : store.list(Optional.empty(), 1000)) {
                    try (InputStream in = store.open(object.key())) {
                        Files.copy(in, copy.resolve(object.key().value()));
                    }
                }
            }

            Process process = new ProcessBuilder(List.of(
                            "sha256sum",
                            "--check",
                            "--strict",
                            file("images.sha256").toString()))
                    .directory(copy.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readAllLines(file("images.sha256"))).hasSize(3);
        }
    }

    /** Four images of three objects, one of which has a further name. */
    private void fill(Map<String, String> settings) throws Exception {
        byte[] shared = Pictures.uniquePng();
        try (MySqlMetadataRepository repository =
                        MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(settings)));
                ImageHost host =
                        ImageHost.builder().store(store()).metadata(repository).build()) {
            Image image = host.upload(OwnerId.DEFAULT, "图片 \"😀\".png", new ByteArrayInputStream(shared))
                    .image();
            OwnerId bob = repository.access().addOwner(BOB, Role.USER).id();
            host.upload(bob, "bobs.png", new ByteArrayInputStream(shared));
            host.upload(OwnerId.DEFAULT, "b.jpg", new ByteArrayInputStream(Pictures.uniqueJpeg()));
            host.upload(OwnerId.DEFAULT, "c.gif", new ByteArrayInputStream(Pictures.uniqueGif()));
            repository.adopt(new AdoptionRequest(
                    image.owner(),
                    Optional.of(4711L),
                    image.content(),
                    image.objectKey(),
                    "former.png",
                    "",
                    image.uploadedAt(),
                    image.updatedAt(),
                    image.sharing()));
        }
    }

    private ImageStore store() {
        return S3ImageStore.create(S3Settings.from(Settings.of(bucket)));
    }

    private CommandRunner runner(Map<String, String> database) {
        return CommandRunner.in(directory.resolve("unused")).with(database).with(bucket);
    }

    private CommandRunner.Result export(CommandRunner imagehost, String name) {
        return imagehost.run("export", file(name).toString());
    }

    private CommandRunner.Result restore(CommandRunner imagehost) {
        return imagehost.run("restore", file("original").toString());
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** Without the first and the last line and that of the first owner, which hold a time. */
    private List<String> images(String name) throws Exception {
        List<String> lines = Files.readAllLines(file(name));
        return lines.subList(1, lines.size() - 1).stream()
                .filter(line -> !line.contains("\"kind\":\"owner\",\"id\":1,"))
                .toList();
    }
}
