package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExportAndRestoreTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;
    private CommandRunner restored;
    private String file;

    @BeforeEach
    void makeDataDirectories() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
        restored = CommandRunner.in(directory.resolve("new"));
        file = directory.resolve("images.jsonl").toString();
    }

    @Test
    void whatWasExportedIsRestoredOverACopyOfTheImages() throws Exception {
        upload(3);
        Result exported = imagehost.run("export", file);
        copyImages();

        Result result = restored.run("restore", file);

        assertThat(exported.exitCode()).isZero();
        assertThat(exported.lines())
                .containsExactly("Pictures: 3", "Further names of pictures: 0", "Objects in the list of SHA-256: 3");
        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).first().isEqualTo("Restored: 3");
        assertThat(restored.run("list", "--json").out())
                .isEqualTo(imagehost.run("list", "--json").out());
        assertThat(restored.run("restore", file).lines()).contains("Restored: 0", "There already: 3", "Read: 0 B");
    }

    @Test
    void albumsAndTagsAreRestored() throws Exception {
        upload(3);
        imagehost.run("album", "create", "Ferien", "--public");
        imagehost.run("album", "add", "Ferien", "1", "3");
        imagehost.run("tag", "add", "cat", "2");
        Result exported = imagehost.run("export", file);
        copyImages();

        Result result = restored.run("restore", file);

        assertThat(exported.lines()).contains("Albums: 1");
        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).contains("Restored: 3", "Albums: 1");
        for (String choice : List.of("--album=Ferien", "--tag=cat")) {
            assertThat(restored.run("list", choice, "--json").out())
                    .isEqualTo(imagehost.run("list", choice, "--json").out());
        }
    }

    @Test
    void theEndOfBeingPublicIsRestored() throws Exception {
        upload(1);
        imagehost.run("album", "create", "Ferien", "--public-for", "30d");
        imagehost.run("export", file);
        copyImages();

        restored.run("restore", file);

        JsonNode before = album(imagehost);
        JsonNode after = album(restored);
        assertThat(after.get("publicUntil").isNull()).isFalse();
        for (String field : List.of("publicUntil", "visibility", "expiresAt", "url")) {
            assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
        }
    }

    private static JsonNode album(CommandRunner host) {
        return host.run("album", "list", "--json").json().at("/albums/0");
    }

    @Test
    void anAlbumThatContradictsAnotherIsNamed() throws Exception {
        upload(1);
        imagehost.run("album", "create", "Ferien");
        imagehost.run("export", file);
        copyImages();
        restored.run("album", "create", "FERIEN");

        Result result = restored.run("restore", file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).contains("Restored: 1");
        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("Albums that could not be restored")
                .endsWith("Ferien");
    }

    @Test
    void theListIsReadBySha256sumInTheDirectoryOfImages() throws Exception {
        upload(3);
        imagehost.run("export", file);

        assertThat(sha256sum(directory.resolve("data/images"))).isZero();

        Files.writeString(anyImage(directory.resolve("data")), "something else");
        assertThat(sha256sum(directory.resolve("data/images"))).isOne();
    }

    @Test
    void whatIsNotProvedIsNamedAndNotRestored() throws Exception {
        upload(3);
        imagehost.run("export", file);
        copyImages();
        Path damaged = anyImage(directory.resolve("new"));
        Files.writeString(damaged, "something else");

        Result tried = restored.run("restore", file, "--dry-run");
        Result result = restored.run("restore", file);

        assertThat(tried.exitCode()).isEqualTo(1);
        assertThat(tried.lines()).contains("Could be restored: 2");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).contains("Restored: 2");
        assertThat(result.errors())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0))
                        .startsWith("imagehost: " + damaged.getFileName() + ": its object has 14 bytes instead of "))
                .last()
                .isEqualTo("imagehost: Pictures that could not be restored: 1 of 3");
        assertThat(restored.run("restore", file, "--json").json().get("known").asInt())
                .isEqualTo(2);
    }

    @Test
    void aDryRunRestoresNothing() throws Exception {
        upload(1);
        imagehost.run("export", file);
        copyImages();

        assertThat(restored.run("restore", file, "--dry-run").exitCode()).isZero();

        assertThat(restored.run("list", "--json")
                        .json()
                        .at("/pagination/totalItems")
                        .asInt())
                .isZero();
    }

    @Test
    void aDatabaseWithOtherPicturesIsLeftAlone() throws Exception {
        upload(1);
        imagehost.run("export", file);
        restored.reading(Pictures.uniquePng()).run("upload", "-");

        Result refused = restored.run("restore", file);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.errors())
                .containsExactly("imagehost: There are images that are not in the file, the first of them 1;"
                        + " --into-existing restores all the same");
        copyImages();
        assertThat(restored.run("restore", file, "--into-existing").err()).contains("another image has its id");
    }

    @Test
    void aDamagedFileIsRefusedWithItsBadLines() throws IOException {
        upload(1);
        imagehost.run("export", file);
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("image/png", "image/bmp"));

        Result result = restored.run("restore", file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .containsExactly(
                        "imagehost: " + file + ": line 2: its type is not known",
                        "imagehost: " + file + " is no export, or damaged; nothing was restored");
    }

    @Test
    void aFileThatIsNotThereOrCannotBeWrittenIsTold() {
        Result absent = restored.run("restore", file);
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.out()).isEmpty();
        assertThat(absent.errors()).containsExactly("imagehost: There is no such file");

        String nowhere = directory.resolve("absent/images.jsonl").toString();
        Result result = imagehost.run("export", nowhere);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("imagehost: " + nowhere + ": The file can't be written: ");
    }

    @Test
    void programsGetOneDocument() throws IOException {
        upload(2);

        assertThat(imagehost.run("export", file, "--json").onlyLine())
                .isEqualTo("{\"stopped\":false,\"images\":2,\"names\":0,\"objects\":2,\"owners\":0,\"albums\":0}");
        assertThat(imagehost.run("restore", file, "--dry-run", "--json").onlyLine())
                .startsWith("{\"stopped\":false,\"total\":2,\"restored\":0,\"known\":2,\"provedBytes\":")
                .endsWith(
                        "\"problemCount\":0,\"problems\":[],\"newOwners\":[],\"newAdministrators\":[],\"aboveQuota\":[],\"albums\":0,\"refusedAlbums\":[]}");
    }

    @Test
    void ownersAreRestoredWithWhatTheyHaveAndWithoutSecrets() throws Exception {
        addOwner(imagehost, "alice", "--max-images", "1");
        addOwner(imagehost, "boss", "--role", "admin");
        uploadAs("alice");
        String token =
                imagehost.run("token", "create", "phone", "--owner", "alice").onlyLine();
        Result exported = imagehost.run("export", file);
        copyImages();

        Result tried = restored.run("restore", file, "--dry-run");
        Result result = restored.run("restore", file);

        assertThat(exported.lines()).contains("Owners: 3");
        assertThat(Files.readString(Path.of(file))).doesNotContain(token, token.substring(4, 20));
        assertThat(tried.lines())
                .contains("Owners to be added: alice, boss")
                .noneMatch(line -> line.contains("login-link"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .contains(
                        "Owners added: alice, boss",
                        "Administrators among them: boss",
                        "They have neither passwords nor tokens; 'imagehost login-link NAME' lets one in");
        for (String command : List.of("list", "stats")) {
            assertThat(restored.run(command, "--owner", "alice", "--json").out())
                    .isEqualTo(
                            imagehost.run(command, "--owner", "alice", "--json").out());
        }
        assertThat(restored.run("token", "list", "--owner", "alice", "--json").onlyLine())
                .isEqualTo("{\"tokens\":[]}");
        assertThat(restored.run("audit", "--action", "owner_added").lines())
                .anyMatch(line -> line.contains("name alice, role user"));
        assertThat(restored.reading(Pictures.uniquePng())
                        .run("upload", "-", "--owner", "alice")
                        .exitCode())
                .as("beyond the quota")
                .isEqualTo(1);
        assertThat(restored.run("fsck").exitCode()).isZero();
    }

    @Test
    void whoseThePicturesBecomeIsAsked() throws Exception {
        addOwner(imagehost, "alice");
        upload(1);
        uploadAs("alice");
        imagehost.run("export", file);
        copyImages();
        addOwner(restored, "alice", "--max-images", "0");
        addOwner(restored, "bob");

        Result refused = restored.run("restore", file);
        Result mapped = restored.run("restore", file, "--owner-map", "default=bob,alice=alice");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.errors())
                .containsExactly(
                        "imagehost: " + file
                                + ": default: this host has owners of its own, and its first one may be somebody else",
                        "imagehost: " + file + ": alice: this host has an owner of this name, who may be somebody else",
                        "imagehost: Nothing was restored: --owner-map OLD=NEW has to say whose pictures those of OLD"
                                + " become. OLD may be default, alice; NEW an owner here (default, alice, bob), a name"
                                + " that nobody here has, or the same as OLD if that is a number of an application's own");
        assertThat(mapped.exitCode()).isZero();
        assertThat(mapped.lines()).contains("Restored: 2", "With more than their quotas allow: alice");
        assertThat(restored.run("stats", "--owner", "bob", "--json")
                        .json()
                        .at("/usage/images")
                        .asInt())
                .isOne();
        assertThat(restored.run("restore", file, "--owner-map", "default=bob", "--owner-map", "alice=alice")
                        .lines())
                .contains("There already: 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice=bob,alice=carol", "alice=7", "8=7", "=bob"})
    void refusesAMapThatMakesNoSense(String map) {
        Result result = imagehost.run("restore", file, "--owner-map", map);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--owner-map: ");
    }

    private static void addOwner(CommandRunner host, String name, String... options) {
        List<String> arguments = Stream.concat(Stream.of("owner", "add", name), Stream.of(options))
                .toList();
        assertThat(host.run(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private void uploadAs(String owner) throws IOException {
        assertThat(imagehost
                        .reading(Pictures.uniquePng())
                        .run("upload", "-", "--owner", owner)
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65"})
    void refusesANumberOfThreadsThatMakesNoSense(String number) {
        Result result = imagehost.run("restore", file, "--parallel", number);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--parallel is a whole number from 1 to 64");
    }

    private void upload(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(imagehost
                            .reading(Pictures.uniquePng())
                            .run("upload", "-")
                            .exitCode())
                    .isZero();
        }
    }

    private void copyImages() throws IOException {
        Path from = directory.resolve("data/images");
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path copy = directory.resolve("new/images").resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private static Path anyImage(Path dataDirectory) throws IOException {
        try (Stream<Path> files = Files.walk(dataDirectory.resolve("images"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private int sha256sum(Path images) throws Exception {
        Process process = new ProcessBuilder(List.of("sha256sum", "--check", "--strict", file + ".sha256"))
                .directory(images.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
