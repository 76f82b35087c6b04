package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListCommandTest {

    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @TempDir
    static Path directory;

    private static CommandRunner imagehost;

    @BeforeAll
    static void uploadThreePictures() {
        imagehost = CommandRunner.in(directory.resolve("data"));
        upload("Ant.png", Pictures.uniquePng());
        upload("图片.png", Pictures.uniquePng());
        upload("bee.jpg", Pictures.uniqueJpeg());
    }

    @Test
    void printsATableWithTheNewestFirst() {
        Result result = imagehost.run("list");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).hasSize(6);
        assertThat(result.lines().get(0)).matches("ID  UPLOADED +BYTES +PIXELS +LINK +NAME");
        assertThat(result.lines().get(1))
                .matches("3   " + INSTANT + "  \\d+ +24x16 +http://127\\.0\\.0\\.1:3000/i/\\S+\\.jpg  bee\\.jpg");
        assertThat(result.lines().get(2)).startsWith("2   ").endsWith("  图片.png");
        assertThat(result.lines().get(3)).startsWith("1   ").endsWith("  Ant.png");
        assertThat(result.lines().subList(4, 6)).containsExactly("", "Page 1 of 1, 3 in all");
    }

    @Test
    void alignsEveryColumnWithItsHeading() {
        List<String> lines = imagehost.run("list").lines();

        int name = lines.get(0).indexOf("NAME");

        assertThat(lines.subList(1, 4))
                .allSatisfy(line -> assertThat(line.substring(name - 2, name)).isEqualTo("  "));
    }

    @Test
    void printsWhatTheServiceAnswers() {
        Result result = imagehost.run("list", "--json", "--limit", "2");

        JsonNode json = result.json();
        assertThat(json.propertyNames()).containsExactly("images", "pagination");
        assertThat(json.get("images")).hasSize(2);
        assertThat(json.at("/images/0").propertyNames())
                .containsExactly(
                        "id",
                        "filename",
                        "originalName",
                        "url",
                        "fileSize",
                        "mimeType",
                        "uploadTime",
                        "updatedAt",
                        "fileHash",
                        "width",
                        "height",
                        "thumbnailUrl",
                        "visibility",
                        "expiresAt",
                        "viewsLeft");
        JsonNode pagination = json.get("pagination");
        assertThat(pagination.propertyNames())
                .containsExactly(
                        "currentPage",
                        "totalPages",
                        "totalItems",
                        "hasNext",
                        "hasPrev",
                        "nextCursor",
                        "totalIsEstimate");
        assertThat(pagination.get("currentPage").asInt()).isEqualTo(1);
        assertThat(pagination.get("totalPages").asInt()).isEqualTo(2);
        assertThat(pagination.get("totalItems").asInt()).isEqualTo(3);
        assertThat(pagination.get("hasNext").asBoolean()).isTrue();
        assertThat(pagination.get("hasPrev").asBoolean(true)).isFalse();
        assertThat(pagination.get("nextCursor").asString()).isNotEmpty();
    }

    @Test
    void continuesFromACursor() {
        List<String> firstPage = imagehost.run("list", "--limit", "2").lines();
        String hint = firstPage.get(firstPage.size() - 1);
        assertThat(hint).startsWith("Next page: --cursor ");

        Result result = imagehost.run("list", "--limit", "2", "--cursor", hint.substring(hint.lastIndexOf(' ') + 1));

        assertThat(result.lines()).hasSize(4);
        assertThat(result.lines().get(1)).endsWith("  Ant.png");
        assertThat(result.lines().get(3)).isEqualTo("Page 2 of 2, 3 in all");
    }

    @Test
    void hasNoCursorOnTheLastPage() {
        JsonNode pagination = imagehost
                .run("list", "--json", "--page", "2", "--limit", "2")
                .json()
                .get("pagination");

        assertThat(pagination.get("nextCursor").isNull()).isTrue();
        assertThat(pagination.get("hasPrev").asBoolean()).isTrue();
    }

    @Test
    void findsNothingWithoutATable() {
        Result result = imagehost.run("list", "--search", "%");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).containsExactly("Page 1 of 1, 0 in all");
    }

    @ParameterizedTest
    @CsvSource({
        "original_name, asc, Ant.png",
        "originalName, DESC, 图片.png",
        "id, asc, Ant.png",
        "mime_type, asc, bee.jpg",
        "uploadTime, desc, bee.jpg",
        "updated_at, desc, bee.jpg",
    })
    void sorts(String field, String order, String first) {
        JsonNode json = imagehost
                .run("list", "--json", "--sort", field, "--order", order)
                .json();

        assertThat(json.at("/images/0/originalName").asString()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename", "file_size", "fileSize", "mimeType", "upload_time", "updatedAt"})
    void sortsByEveryFieldThatTheServiceKnows(String field) {
        assertThat(imagehost.run("list", "--sort", field).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"图片", "NT.P", "jpg"})
    void searchesOriginalNames(String text) {
        assertThat(imagehost.run("list", "--json", "--search", text).json().get("images"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--type JPG, bee.jpg",
        "--type image/jpeg, bee.jpg",
        "--search ANT --type png, Ant.png",
        "--search ant --min-size 1 --max-size 1MB --since 2020-01-01 --before 2100-01-01T00:00:00+01:00, Ant.png",
    })
    void findsWhatTheFiltersLetThrough(String filters, String name) {
        Result result = imagehost.run(("list --json " + filters).split(" "));

        assertThat(result.json().get("images"))
                .extracting(image -> image.get("originalName").asString())
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--type gif", "--min-size 1GiB", "--max-size 1", "--before 2020-01-01", "--since 2100-01-01"})
    void findsNothingBehindFilters(String filters) {
        assertThat(imagehost.run(("list " + filters).split(" ")).lines()).containsExactly("Page 1 of 1, 0 in all");
    }

    @Test
    void findsByHashAndLink() {
        JsonNode ant = imagehost.run("list", "--json", "--search", "ant").json().at("/images/0");
        String hash = ant.get("fileHash").asString();

        assertThat(imagehost
                        .run("list", "--json", "--hash", hash.toUpperCase(Locale.ROOT))
                        .json()
                        .at("/images/0"))
                .isEqualTo(ant);
        assertThat(imagehost
                        .run("list", "--json", "--url", ant.get("url").asString() + "?x")
                        .json()
                        .at("/images/0"))
                .isEqualTo(ant);
        assertThat(imagehost.run("list", "--json", "--url", "nope.png").json().get("images"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--type, tiff, '--type: ''tiff'' is none of jpeg, png, gif, webp'",
        "--min-size, 5X, '--min-size: ''5X'' is no size; legal are bytes, or with a unit as in 500k, 5MB or 2MiB'",
        "--since, yesterday, '--since: ''yesterday'' is no time; legal is a date as 2026-11-23 (in UTC) or a time as"
                + " 2026-11-23T08:30:00Z'",
        "--before, 2026-13-01, '--before: ''2026-13-01'' is no time; legal is a date as 2026-11-23 (in UTC) or a time as"
                + " 2026-11-23T08:30:00Z'",
        "--hash, 12ab, '--hash: ''12ab'' is no SHA-256, which has 64 hexadecimal digits'",
    })
    void refusesFiltersThatAreNone(String option, String value, String message) {
        assertThat(imagehost.run("list", option, value))
                .isEqualTo(new Result(
                        2, "", "imagehost: " + message + " (see 'imagehost list --help')" + System.lineSeparator()));
    }

    @Test
    void refusesFiltersThatContradictEachOther() {
        assertThat(imagehost.run("list", "--min-size", "2k", "--max-size", "1k").err())
                .startsWith("imagehost: No size is at least 2000 and at most 1000 bytes");
        assertThat(imagehost
                        .run("list", "--since", "2026-01-01", "--before", "2026-01-01")
                        .err())
                .startsWith("imagehost: No time is from 2026-01-01T00:00:00Z on and before 2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "--page, 0, 'A page is a whole number from 1, not 0'",
        "--page, -1, 'A page is a whole number from 1, not -1'",
        "--page, 1x, '--page: ''1x'' is not a whole number, or too large'",
        "--limit, 0, 'A limit is a whole number from 1 to 100, not 0'",
        "--limit, 101, 'A limit is a whole number from 1 to 100, not 101'",
        "--limit, 99999999999, '--limit: ''99999999999'' is not a whole number, or too large'",
        "--order, up, '--order: ''up'' is neither asc nor desc'",
        "--cursor, nope, 'Not a cursor of a list of images'",
    })
    void refusesWhatIsNotLegal(String option, String value, String message) {
        Result result = imagehost.run("list", option, value);

        assertThat(result)
                .isEqualTo(new Result(
                        2, "", "imagehost: " + message + " (see 'imagehost list --help')" + System.lineSeparator()));
    }

    @Test
    void namesEveryLegalSortField() {
        assertThat(imagehost.run("list", "--sort", "nope").err())
                .startsWith("imagehost: --sort: 'nope' is none of id, filename, original_name, file_size,"
                        + " mime_type, upload_time, updated_at (see");
    }

    @ParameterizedTest
    @CsvSource({"--page, 1", "--sort, id", "--order, asc"})
    void refusesACursorWithAnotherOrder(String option, String value) {
        String cursor = imagehost
                .run("list", "--json", "--limit", "1")
                .json()
                .at("/pagination/nextCursor")
                .asString();

        Result result = imagehost.run("list", "--cursor", cursor, option, value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("leave out --page, --sort and --order");
    }

    private static void upload(String name, byte[] bytes) {
        assertThat(imagehost.reading(bytes).run("upload", "-", "--name", name).exitCode())
                .isZero();
    }
}
