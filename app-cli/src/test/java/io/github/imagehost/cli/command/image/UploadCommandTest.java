package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.web.testing.TestWebServer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UploadCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @Test
    void printsTheLinkAndNothingElse() throws IOException {
        Result result = imagehost.run("upload", picture("cat.png"));

        assertThat(result.exitCode()).isZero();
        assertThat(result.onlyLine()).matches("http://127\\.0\\.0\\.1:3000/i/[a-z0-9]{26}\\.png");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void printsTheSameLinkForTheSamePicture() throws IOException {
        String picture = picture("cat.png");
        Result first = imagehost.run("upload", picture);

        Result second = imagehost.run("upload", picture);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void printsLinksInTheOrderOfTheArguments() throws IOException {
        String cat = picture("cat.png");
        String dog = picture("dog.png");
        String catLink = imagehost.run("upload", cat).onlyLine();
        String dogLink = imagehost.run("upload", dog).onlyLine();

        Result result = imagehost.run("upload", dog, cat, dog);

        assertThat(result.lines()).containsExactly(dogLink, catLink, dogLink);
    }

    @Test
    void goesOnAfterABadFileAndTellsOfEachInOneLine() throws IOException {
        String text = write("notes.txt", Pictures.html());
        String empty = write("empty.png", new byte[0]);
        String absent = directory.resolve("absent.png").toString();

        Result result = imagehost.run(
                "upload", text, picture("cat.png"), empty, absent, directory.toString(), picture("dog.png"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2).allMatch(line -> line.startsWith("http://"));
        assertThat(result.err().lines())
                .containsExactly(
                        "imagehost: " + text
                                + ": The file is no image of an allowed type (image/gif, image/jpeg, image/png, image/webp)",
                        "imagehost: " + empty + ": The file is empty",
                        "imagehost: " + absent + ": There is no such file",
                        "imagehost: " + directory
                                + ": The file can't be read: it is a directory; -r uploads what is in it");
    }

    @Test
    void followsLinksThatMayBeFollowed() throws Exception {
        byte[] picture = Pictures.uniquePng();
        try (TestWebServer web = TestWebServer.start((request, out) -> {
            TestWebServer.Handler handler = request.startsWith("GET /moved ")
                    ? TestWebServer.redirect("/%E7%8C%AB.png")
                    : TestWebServer.picture(picture);
            handler.answer(request, out);
        })) {
            CommandRunner allowed = imagehost.with("FETCH_ALLOW", "127.0.0.1:" + web.port());

            Result result = allowed.run("upload", web.url("/moved"), write("same.png", picture));

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.lines().get(0)).isEqualTo(result.lines().get(1));
            assertThat(allowed.run("show", result.lines().get(0), "--json")
                            .json()
                            .get("originalName")
                            .asString())
                    .isEqualTo("猫.png");
            web.awaitNoConnection();
            int before = web.connections();

            Result refused = imagehost.run("upload", web.url("/moved"), "HTTPS://localhost/cat.png", "file:///cat.png");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err().lines())
                    .containsExactly(
                            "imagehost: " + web.url("/moved") + ": The port of the link is neither 80 nor 443",
                            "imagehost: HTTPS://localhost/cat.png: The host of the link is unknown, or not in the public"
                                    + " internet",
                            "imagehost: file:///cat.png: There is no such file");
            assertThat(web.connections()).isEqualTo(before);
            assertThat(allowed.run("upload", "--json", web.url("/cat.png").replace("cat", "x@"), "http://10.0.0.1/")
                            .json()
                            .at("/failed/0/code")
                            .asString())
                    .isEqualTo("url_refused");
        }
    }

    @Test
    void uploadsADataUrlAndNamesItShortlyWhereItIsNone() throws IOException {
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.uniquePng());

        Result result = imagehost.run("upload", data, "data:,no picture " + "x".repeat(1000), data + "=!");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.onlyLine()).endsWith(".png");
        assertThat(result.err().lines()).hasSize(2).allMatch(line -> line.length() < 200);
        assertThat(result.err())
                .contains("x…: The file is no image of an allowed type", "…: The picture is announced as Base64, but");
    }

    @Test
    void uploadsFoldersInTheOrderOfTheirNamesWithASummary() throws IOException {
        Path folder = directory.resolve("folder");
        Files.createDirectories(folder.resolve("b/deep"));
        byte[] same = Pictures.uniquePng();
        Files.write(folder.resolve("c.png"), same);
        Files.write(folder.resolve("a.png"), Pictures.uniquePng());
        Files.write(folder.resolve("b/deep/x.png"), same);
        Files.write(folder.resolve("b/notes.txt"), Pictures.html());
        String first = picture("first.png");

        Result result = imagehost.run("upload", "-r", "--jobs", "4", first, folder.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        List<String> links = result.lines();
        assertThat(links).hasSize(4);
        assertThat(links.get(2)).isEqualTo(links.get(3));
        assertThat(links.subList(0, 3)).doesNotHaveDuplicates();
        List<String> names = new ArrayList<>();
        for (String link : links) {
            names.add(imagehost
                    .run("show", link, "--json")
                    .json()
                    .get("originalName")
                    .asString());
        }
        assertThat(names).containsExactly("first.png", "a.png", "x.png", "x.png");
        assertThat(result.err().lines())
                .contains(
                        "Duplicates: 1, " + Amounts.bytes(same.length) + " saved",
                        "Refused: 1",
                        "  unsupported_image: 1",
                        "imagehost: " + folder.resolve("b/notes.txt")
                                + ": The file is no image of an allowed type (image/gif, image/jpeg, image/png, image/webp)")
                .anyMatch(line -> line.startsWith("New: 3, "))
                .anyMatch(line -> line.startsWith("Files: 5, "));
    }

    @Test
    void printsLinksInOrderHoweverManyAreUploadedAtOnce() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("upload", "--json", "--jobs", "8"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add("picture" + i + ".png");
            arguments.add(picture(names.get(i)));
        }

        Result result = imagehost.run(arguments.toArray(String[]::new));

        assertThat(result.json().get("successful").findValuesAsString("originalName"))
                .isEqualTo(names);
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        String picture = picture("cat.png");

        Result result = imagehost.with("MAX_FILE_SIZE", "10").run("upload", picture);

        assertThat(result)
                .isEqualTo(new Result(1, "", line("imagehost: " + picture + ": The file is larger than 10 bytes")));
    }

    @Test
    void keepsNamesInAnyLanguage() throws IOException {
        Result result = imagehost.run("upload", "--json", picture("图片测试 😀.png"));

        assertThat(result.json().at("/successful/0/data/originalName").asString())
                .isEqualTo("图片测试 😀.png");
    }

    @Test
    void takesAFileWhoseNameBeginsWithAnAtSign() throws IOException {
        String picture = picture("@cat.png");

        assertThat(imagehost.run("upload", "@" + picture).exitCode()).isEqualTo(1);
        assertThat(imagehost.run("upload", picture).exitCode()).isZero();
    }

    @Test
    void takesAFileWhoseNameLooksLikeAnOptionBehindTwoDashes() {
        Result result = imagehost.run("upload", "--", "--json");

        assertThat(result.err()).isEqualTo(line("imagehost: --json: There is no such file"));
    }

    @Test
    void readsStandardInput() {
        Result result = imagehost.reading(Pictures.uniqueJpeg()).run("upload", "-", "--name", "图片.jpg", "--json");

        assertThat(result.exitCode()).isZero();
        JsonNode data = result.json().at("/successful/0/data");
        assertThat(data.get("originalName").asString()).isEqualTo("图片.jpg");
        assertThat(data.get("mimeType").asString()).isEqualTo("image/jpeg");
    }

    @Test
    void namesStandardInputAfterItsTypeIfNobodyElseDoes() {
        Result result = imagehost.reading(Pictures.uniqueGif()).run("upload", "-", "--json");

        assertThat(result.json().at("/successful/0/data/originalName").asString())
                .isEqualTo("image.gif");
    }

    @Test
    void leavesStandardInputOpen() {
        InputStream in = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThat(imagehost.reading(in).run("upload", "-").err()).isEqualTo(line("imagehost: -: The file is empty"));
    }

    @Test
    void printsWhatTheServiceAnswers() throws IOException {
        byte[] bytes = Pictures.uniquePng();
        String picture = write("cat.png", bytes);
        String text = write("notes.txt", Pictures.html());
        imagehost.run("upload", picture);

        Result result = imagehost.run("upload", "--json", text, picture);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(names(result.json())).containsExactly("failed", "successful", "totalFailed", "totalUploaded");
        assertThat(result.json().get("totalUploaded").asInt()).isEqualTo(1);
        assertThat(result.json().get("totalFailed").asInt()).isEqualTo(1);
        JsonNode success = result.json().at("/successful/0");
        assertThat(success.get("success").asBoolean()).isTrue();
        assertThat(success.get("duplicate").asBoolean()).isTrue();
        JsonNode data = success.get("data");
        assertThat(data.propertyNames())
                .containsExactly(
                        "id",
                        "url",
                        "filename",
                        "originalName",
                        "fileSize",
                        "uploadTime",
                        "duplicate",
                        "mimeType",
                        "fileHash",
                        "width",
                        "height",
                        "thumbnailUrl",
                        "visibility",
                        "expiresAt",
                        "viewsLeft",
                        "deleteUrl");
        assertThat(data.get("originalName").asString()).isEqualTo("cat.png");
        assertThat(data.get("fileSize").asLong()).isEqualTo(bytes.length);
        assertThat(data.get("uploadTime").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(data.get("url").asString())
                .endsWith("/i/" + data.get("filename").asString());
        assertThat(data.get("fileHash").asString()).matches("[0-9a-f]{64}");
        assertThat(data.get("width").asInt()).isEqualTo(Pictures.WIDTH);
        assertThat(data.get("height").asInt()).isEqualTo(Pictures.HEIGHT);
        JsonNode failure = result.json().at("/failed/0");
        assertThat(failure.get("success").asBoolean(true)).isFalse();
        assertThat(failure.get("index").asInt()).isZero();
        assertThat(failure.get("originalName").asString()).isEqualTo(text);
        assertThat(failure.get("code").asString()).isEqualTo("unsupported_image");
        assertThat(failure.get("message").asString()).startsWith("The file is no image");
    }

    @Test
    void tellsProgramsWhyAFileWasRefused() throws IOException {
        String empty = write("empty.png", new byte[0]);
        String large = picture("large.png");
        String absent = directory.resolve("absent.png").toString();

        Result result = imagehost.with("MAX_FILE_SIZE", "10").run("upload", "--json", empty, large, absent);

        assertThat(result.json().get("failed").findValuesAsString("code"))
                .containsExactly("file_empty", "file_too_large", "file_unreadable");
    }

    @Test
    void opensNothingForFilesThatAreNotThere() {
        imagehost.run("upload", directory.resolve("absent.png").toString());

        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void keepsAMessageOnOneLineWhateverTheFileIsCalled() {
        Result result = imagehost.run("upload", "two\nlines\u001b[31m.png");

        assertThat(result.err()).isEqualTo(line("imagehost: two lines?[31m.png: There is no such file"));
    }

    @Test
    void asksForAnotherLocaleIfANameCouldNotBeDecoded() {
        Result result = imagehost.run("upload", "\ufffd\ufffd.png");

        assertThat(result.err())
                .isEqualTo(line("imagehost: \ufffd\ufffd.png: The file can't be read:"
                        + " its name does not fit the locale; set LC_ALL=C.UTF-8"));
    }

    private String picture(String name) throws IOException {
        return write(name, Pictures.uniquePng());
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }
}
