package io.github.imagehost.cli.command.album;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code album} and {@code tag}, and what uploads, lists and imports have to do with them. */
class AlbumCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void makeDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void anAlbumIsMadeFilledChangedAndDeleted() {
        assertThat(imagehost.run("album", "list").lines()).containsExactly("There are no albums");
        JsonNode made = imagehost
                .run("album", "create", "Ferien", "--public", "--random", "--order", "manual", "--json")
                .json();
        assertThat(made.get("name").asString()).isEqualTo("Ferien");
        assertThat(made.get("url").asString()).matches("http://.*/a/[a-z2-7]{26}");
        long first = upload("--album", "ferien");
        long second = upload();

        assertThat(ok("album", "add", "Ferien", String.valueOf(second), "--to", "start")
                        .lines())
                .containsExactly("Pictures that are in the album now: 1");
        assertThat(ids("--album", "1", "--sort", "id", "--order", "asc")).containsExactly(first, second);
        JsonNode changed = ok(
                        "album",
                        "set",
                        "1",
                        "--name",
                        "Italien",
                        "--private",
                        "--no-random",
                        "--order",
                        "oldest",
                        "--cover",
                        String.valueOf(first),
                        "--expires",
                        "7d",
                        "--json")
                .json();
        assertThat(changed.get("name").asString()).isEqualTo("Italien");
        assertThat(changed.get("random").asBoolean()).isFalse();
        assertThat(changed.get("cover").asLong()).isEqualTo(first);
        assertThat(changed.get("expiresAt").isNull()).isFalse();
        assertThat(changed.get("url").isNull()).isTrue();
        assertThat(ok("album", "list").lines().get(1)).contains("oldest", "you", "Italien");

        assertThat(ok("album", "remove", "Italien", String.valueOf(first)).lines())
                .containsExactly("Pictures that were taken out: 1");
        assertThat(ids("--album", "Italien")).containsExactly(second);
        assertThat(ok("album", "delete", "Italien").lines()).containsExactly("Deleted album 1, 'Italien'");
        assertThat(ids()).containsExactlyInAnyOrder(first, second);
        assertThat(imagehost.run("audit", "--json").json().get("events").toString())
                .contains("album_created", "album_changed", "album_deleted");
    }

    @Test
    void anAlbumIsPublicForAWhile() {
        JsonNode made =
                ok("album", "create", "Ferien", "--public-for", "1d", "--json").json();
        String end = made.get("publicUntil").asString();
        assertThat(Instant.parse(end))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        assertThat(made.get("visibility").asString()).isEqualTo("public");
        assertThat(made.get("expiresAt").isNull()).isTrue();

        assertThat(ok("album", "set", "Ferien", "--public", "--random").lines().get(1))
                .contains(
                        "everybody, at random, until " + end,
                        "never",
                        made.get("url").asString());
        assertThat(ok("album", "set", "Ferien", "--private", "--json")
                        .json()
                        .get("publicUntil")
                        .isNull())
                .isTrue();
        assertThat(ok("album", "set", "Ferien", "--public-for", "12h").lines().get(1))
                .contains("everybody, at random, until ");
        assertThat(ok("album", "set", "Ferien", "--public-for", "never", "--no-random")
                        .lines()
                        .get(1))
                .contains("  everybody  ");
        assertThat(imagehost.run("audit", "--json").json().get("events").toString())
                .contains("visibility public, public until " + end, "visibility public, public without an end");
    }

    @Test
    void tagsAreGivenTakenAndListed() {
        long first = upload("--tag", "Cat,garden", "--tag", "dog");
        long second = upload();

        assertThat(ok("tag", "add", "CAT", String.valueOf(first), String.valueOf(second))
                        .lines())
                .containsExactly(first + ": cat, dog, garden", second + ": cat");
        assertThat(ok("tag", "remove", "dog,garden", String.valueOf(first)).lines())
                .containsExactly(first + ": cat");
        assertThat(ok("tag", "list", "--json").onlyLine()).isEqualTo("{\"tags\":[{\"tag\":\"cat\",\"images\":2}]}");
        assertThat(ids("--tag", "cAt")).hasSize(2);
        assertThat(ids("--tag", "dog")).isEmpty();
        assertThat(imagehost.run("tag", "add", "x", "4711").exitCode()).isEqualTo(1);
    }

    @Test
    void listsChooseByVisibility() {
        long hidden = upload("--private");
        upload();

        assertThat(ids("--visibility", "private")).containsExactly(hidden);
        assertThat(ids("--visibility", "public")).hasSize(1).doesNotContain(hidden);
    }

    @Test
    void whatIsChosenByAnAlbumIsDeleted() {
        ok("album", "create", "old");
        long inside = upload("--album", "old");
        long outside = upload();

        assertThat(ok("delete", "--album", "old").lines()).containsExactly("Deleted image " + inside);
        assertThat(ids()).containsExactly(outside);
    }

    @ParameterizedTest
    @CsvSource({
        "album set nothing --public, There is no album nothing",
        "album delete 7, There is no album 7",
        "album add nothing 1, There is no album nothing",
        "list --album nothing, There is no album nothing",
        "delete --album nothing, There is no album nothing"
    })
    void anAlbumThatIsNotThereIsNamed(String command, String message) {
        Result result = imagehost.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).singleElement().asString().contains(message);
    }

    @Test
    void nothingIsUploadedToAnAlbumThatIsNotThere() {
        Result result = imagehost.reading(Pictures.uniquePng()).run("upload", "-", "--album", "nothing");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("There is no album nothing");
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "album create ''",
        "album create a --order up",
        "album create a --expires 1s",
        "album create a --public-for 1s",
        "album create a --public-for 1d --private",
        "album set a --public --public-for 1d",
        "album add a 1 --to middle",
        "list --visibility nobody",
        "list --tag ''",
        "tag add '' 1"
    })
    void whatIsNotLegalIsRefused(String command) {
        assertThat(imagehost.run(command.replace("''", " ").split(" ", -1)).exitCode())
                .isEqualTo(2);
    }

    @Test
    void twoAlbumsHaveNeverTheSameName() {
        ok("album", "create", "Ferien");

        Result again = imagehost.run("album", "create", "FERIEN");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errors())
                .singleElement()
                .asString()
                .contains("There is an album of the name 'FERIEN' already");
    }

    @Test
    void anImportMakesAlbumsOfFolders() throws IOException {
        Path source = directory.resolve("source");
        byte[] picture = Pictures.uniquePng();
        for (String path : List.of("top.png", "2019/a.png", "2019/Italy/b.png", "2020/c.png")) {
            Files.createDirectories(source.resolve(path).getParent());
            Files.write(source.resolve(path), path.endsWith("top.png") ? picture : Pictures.uniquePng());
        }
        Files.createDirectories(source.resolve("2021"));
        Files.write(source.resolve("2021/again.png"), picture);

        ok("import", "--albums-from-folders", source.toString());
        ok("import", "--albums-from-folders", source.toString());

        List<String> albums = new ArrayList<>();
        ok("album", "list", "--json")
                .json()
                .get("albums")
                .forEach(album -> albums.add(
                        album.get("name").asString() + " " + album.get("images").asInt()));
        assertThat(albums).containsExactly("2019 1", "2019/Italy 1", "2020 1", "2021 1");
        assertThat(ids()).hasSize(4);
        assertThat(imagehost.run("import", "--albums-from-folders", "--adopt").exitCode())
                .isEqualTo(2);
    }

    private long upload(String... options) {
        List<String> command = new ArrayList<>(List.of("upload", "-", "--json"));
        command.addAll(List.of(options));
        Result result = imagehost.reading(Pictures.uniquePng()).run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.json().at("/successful/0/data/id").asLong();
    }

    private Result ok(String... command) {
        Result result = imagehost.run(command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private List<Long> ids(String... options) {
        List<String> command = new ArrayList<>(List.of("list", "--json"));
        command.addAll(List.of(options));
        List<Long> ids = new ArrayList<>();
        ok(command.toArray(String[]::new))
                .json()
                .get("images")
                .forEach(image -> ids.add(image.get("id").asLong()));
        return ids;
    }
}
