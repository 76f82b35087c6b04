package io.github.imagehost.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.RunnableJar;
import io.github.imagehost.cli.ServiceJar;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.session.PictureUploads;
import io.github.imagehost.cli.session.SharingWish;
import io.github.imagehost.cli.session.UploadWish;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.core.bulk.BulkJournal;
import io.github.imagehost.core.bulk.BulkReport;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.bulk.BulkRun;
import io.github.imagehost.core.bulk.DirectorySource;
import io.github.imagehost.core.bulk.FileItem;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.work.Progress;
import io.github.imagehost.web.testing.TestWebServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands against the packaged service, through a proxy that can spoil what goes to and fro. */
class RemoteCommandsIT {

    private static final int MAX_FILE_SIZE = 3_000_000;
    private static final int LARGE = 1_500_000;

    @TempDir
    private static Path installation;

    private static final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

    private static TestWebServer web;
    private static ServiceJar service;
    private static CommandRunner administrator;

    @TempDir
    private Path directory;

    private FaultProxy proxy;
    private String owner;
    private String token;
    private CommandRunner imagehost;

    @BeforeAll
    static void startService() throws Exception {
        web = TestWebServer.start((request, out) -> TestWebServer.picture(
                        Objects.requireNonNull(pictures.get(request.replaceFirst("(?s)GET (/\\S*) .*", "$1"))))
                .answer(request, out));
        Path data = installation.resolve("data");
        Map<String, String> settings = Map.of(
                "DATA_DIR",
                data.toString(),
                "ACCESS",
                "token",
                "RATE_LIMIT_MAX",
                "0",
                "METADATA_CACHE",
                "0s",
                "MAX_FILE_SIZE",
                String.valueOf(MAX_FILE_SIZE),
                "FETCH_ALLOW",
                "127.0.0.1:" + web.port(),
                "PUBLIC_URL",
                "http://images.test");
        service = ServiceJar.start(installation, settings);
        administrator = CommandRunner.in(data).with("PUBLIC_URL", "http://images.test");
    }

    @AfterAll
    static void stopService() {
        service.close();
        web.close();
    }

    @BeforeEach
    void addOwner() {
        owner = "o" + UUID.randomUUID();
        administrator.run("owner", "add", owner);
        token = token("upload,read,delete,manage");
        proxy = FaultProxy.to(service.address());
        imagehost = remote(proxy.endpoint(), token);
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    @Test
    void anAlbumIsPublicForAWhileThere() {
        JsonNode made = imagehost
                .run("album", "create", "Ferien", "--public-for", "1d", "--json")
                .json();
        JsonNode renamed = imagehost
                .run("album", "set", "Ferien", "--public", "--name", "Italien", "--json")
                .json();
        JsonNode longer = imagehost
                .run("album", "set", "Italien", "--public-for", "7d", "--json")
                .json();
        JsonNode forEver = imagehost
                .run("album", "set", "Italien", "--public-for", "never", "--json")
                .json();
        JsonNode hidden =
                imagehost.run("album", "set", "Italien", "--private", "--json").json();

        assertThat(daysUntil(made)).isOne();
        assertThat(renamed.get("publicUntil")).isEqualTo(made.get("publicUntil"));
        assertThat(daysUntil(longer)).isEqualTo(7);
        assertThat(forEver.get("publicUntil").isNull()).isTrue();
        assertThat(forEver.get("visibility").asString()).isEqualTo("public");
        assertThat(hidden.get("visibility").asString()).isEqualTo("private");
    }

    /** How long an album is public, to the nearest day. */
    private static long daysUntil(JsonNode album) {
        Instant end = Instant.parse(album.get("publicUntil").asString());
        return Math.round(Duration.between(Instant.now(), end).toHours() / 24.0);
    }

    @Test
    void printsTheLinkAndNothingElse() throws IOException {
        Result result = imagehost.run("upload", picture("cat.png"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.onlyLine()).matches("http://images\\.test/i/[a-z0-9]{26}\\.png");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theServiceFollowsLinks() throws Exception {
        pictures.put("/cat.png", Pictures.uniquePng());
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.uniquePng());

        Result result = imagehost.run(
                "upload", "--private", web.url("/cat.png"), data, "http://10.0.0.1/", web.url("/cat.png"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(3);
        assertThat(result.lines().get(2)).isEqualTo(result.lines().get(0));
        assertThat(result.err().lines())
                .containsExactly(
                        "imagehost: http://10.0.0.1/: The link can't be fetched: its host, or one that it leads"
                                + " to, is unknown or not in the public internet");
        JsonNode listed = imagehost.run("list", "--json").json().get("images");
        assertThat(listed)
                .extracting(image -> image.get("originalName").asString())
                .containsExactlyInAnyOrder("cat.png", "image.png");
        assertThat(listed).allMatch(image -> image.get("visibility").asString().equals("private"));
        assertThat(web.requests()).hasSize(2).allMatch(request -> request.contains("User-Agent: imagehost"));
        web.awaitNoConnection();
    }

    @Test
    void printsWhatTheLocalCommandPrints() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        byte[] same = Pictures.uniquePng();
        Files.write(folder.resolve("a.png"), Pictures.uniqueJpeg());
        Files.write(folder.resolve("b.png"), same);
        Files.write(folder.resolve("c.png"), same);
        Files.write(folder.resolve("d.txt"), Pictures.html());
        Files.write(folder.resolve("e.png"), new byte[0]);
        String file = folder.resolve("a.png").toString();
        String absent = directory.resolve("absent.png").toString();
        imagehost.run("upload", "-r", folder.toString());
        JsonNode listed = imagehost.run("list", "--json").json().get("images");
        String id = listed.at("/0/id").asString();
        String hash = listed.at("/0/fileHash").asString();

        assertThat(listed).hasSize(2);
        for (List<String> command : List.of(
                List.of("list"),
                List.of("list", "--json"),
                List.of("list", "--limit", "1", "--json"),
                List.of("list", "--page", "2", "--limit", "1"),
                List.of("list", "--sort", "file_size", "--order", "asc"),
                List.of("list", "--search", "a.png"),
                List.of("list", "--type", "jpeg"),
                List.of("list", "--min-size", "1", "--max-size", "1MB"),
                List.of("list", "--since", "2020-01-01", "--before", "2021-01-01"),
                List.of("list", "--hash", hash),
                List.of("list", "--url", listed.at("/1/url").asString()),
                List.of("list", "--cursor", "nonsense"),
                List.of("show", id),
                List.of("show", id, "--json"),
                List.of("show", listed.at("/1/url").asString()),
                List.of("show", hash),
                List.of("show", file),
                List.of("show", absent),
                List.of("show", "123456789"),
                List.of("delete", "--type", "jpeg", "--dry-run"),
                List.of("delete", id, "123456789", "--dry-run", "--json"),
                List.of("delete", "123456789"),
                List.of("delete", "123456789", "--json"),
                List.of("delete"),
                List.of("image", "set", "123456789", "--public"),
                List.of("image", "link", id, "--revoke"),
                List.of("image", "link", "123456789"),
                List.of("stats"),
                List.of("stats", "--json", "--largest", "1"),
                List.of("upload", file, absent, directory.toString()))) {
            String[] typed = command.toArray(String[]::new);
            List<String> owned = new ArrayList<>(command);
            owned.addAll(List.of("--owner", owner));

            assertThat(imagehost.run(typed))
                    .as(String.join(" ", typed))
                    .isEqualTo(administrator.run(owned.toArray(String[]::new)));
        }
    }

    @Test
    void answersUploadsInJsonAsTheLocalCommandDoes() throws IOException {
        String known = picture("known.png");
        String absent = directory.resolve("absent.png").toString();
        String empty = write("empty.png", new byte[0]);
        imagehost.run("upload", known);

        JsonNode remote =
                imagehost.run("upload", "--json", known, absent, empty).json();
        JsonNode local = administrator
                .run("upload", "--json", known, absent, empty, "--owner", owner)
                .json();

        assertThat(remote.propertyNames()).containsExactlyElementsOf(local.propertyNames());
        assertThat(remote.get("failed")).isEqualTo(local.get("failed"));
        assertThat(remote.get("totalUploaded")).isEqualTo(local.get("totalUploaded"));
        for (String field : List.of("/duplicate", "/data/id", "/data/url", "/data/fileHash", "/data/duplicate")) {
            assertThat(remote.at("/successful/0" + field)).isEqualTo(local.at("/successful/0" + field));
        }
    }

    @Test
    void whoSeesAPictureIsSaidWithItsUploadAndLater() throws Exception {
        String link = imagehost
                .run("upload", "--private", "--expires", "7d", "--views", "3", picture("draft.png"))
                .onlyLine();

        JsonNode shown = imagehost.run("show", link, "--json").json();

        assertThat(shown.get("visibility").asString()).isEqualTo("private");
        assertThat(shown.get("viewsLeft").asInt()).isEqualTo(3);
        assertThat(shown.get("expiresAt").isNull()).isFalse();
        Result signed = imagehost.run("image", "link", link, "--expires", "30m", "--json");
        assertThat(signed.json().get("url").asString()).startsWith(link + "?e=");
        assertThat(signed.json().propertyNames()).containsExactly("url", "thumbnailUrl", "expiresAt");

        JsonNode changed = imagehost
                .run(
                        "image",
                        "set",
                        link,
                        "--public",
                        "--expires",
                        "never",
                        "--views",
                        "any",
                        "--name",
                        "新 \"1\".png",
                        "--json")
                .json();

        assertThat(changed.get("originalName").asString()).isEqualTo("新 \"1\".png");
        assertThat(changed.get("visibility").asString()).isEqualTo("public");
        assertThat(List.of(changed.get("expiresAt"), changed.get("viewsLeft"))).allMatch(JsonNode::isNull);
        assertThat(imagehost.run("show", link, "--json").json()).isEqualTo(changed);
    }

    @Test
    void uploadsFoldersWithASummary() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        byte[] same = Pictures.uniquePng();
        Files.write(folder.resolve("a.png"), same);
        Files.write(folder.resolve("b.png"), same);
        Files.write(folder.resolve("c.txt"), Pictures.html());

        Result result = imagehost.run("upload", "-r", "--jobs", "3", folder.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2).containsOnly(result.lines().get(0));
        assertThat(result.err().lines())
                .contains(
                        "Duplicates: 1, " + Amounts.bytes(same.length) + " saved",
                        "Refused: 1",
                        "  unsupported_image: 1")
                .anyMatch(line -> line.startsWith("imagehost: " + folder.resolve("c.txt") + ": This type of file"));
    }

    @Test
    void sendsNothingOfWhatIsThere() throws IOException {
        String picture = write("large.jpg", Pictures.jpegOfSize(LARGE));
        String link = imagehost.run("upload", picture).onlyLine();
        proxy.always(RemoteCommandsIT::isUpload, Fault.resetRequestAfter(0));

        Result again = imagehost.run("upload", picture, "--json");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.json().at("/successful/0/duplicate").asBoolean()).isTrue();
        assertThat(again.json().at("/successful/0/data/url").asString()).isEqualTo(link);
    }

    @Test
    void aTokenForUploadsAloneUploadsWithoutAsking() throws IOException {
        CommandRunner uploader = remote(proxy.endpoint(), token("upload"));
        String large = write("large.jpg", Pictures.jpegOfSize(LARGE));
        String other = write("other.jpg", Pictures.jpegOfSize(LARGE));

        Result first = uploader.run("upload", large, other);
        Result again = uploader.run("upload", "--json", large);
        Result list = uploader.run("list");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.lines()).hasSize(2);
        assertThat(again.json().at("/successful/0/duplicate").asBoolean()).isTrue();
        assertThat(list.exitCode()).isEqualTo(3);
        assertThat(list.err()).contains("The access token lacks the scope read");
    }

    @Test
    void countsBytesOnceWhenTheyAreSentAndItemsWhenTheyAreDone() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        byte[] known = Pictures.jpegOfSize(LARGE);
        Files.write(folder.resolve("cut.jpg"), Pictures.jpegOfSize(LARGE));
        Files.write(folder.resolve("known.jpg"), known);
        Files.write(folder.resolve("small.png"), Pictures.png(1, 1));
        imagehost.run("upload", folder.resolve("known.jpg").toString());
        proxy.next(RemoteCommandsIT::isUpload, Fault.resetRequestAfter(LARGE / 2));
        RecordedProgress progress = new RecordedProgress();
        List<Duration> pauses = List.of(Duration.ofNanos(1));
        ServerSettings server = ServerSettings.at(proxy.endpoint(), Settings.of(Map.of("IMAGEHOST_TOKEN", token)));

        try (PictureHost host = new RemotePictures(server, pauses)) {
            PictureUploads uploads = host.uploads(UploadWish.sharing(SharingWish.UNLIMITED), progress);
            BulkReport report = new BulkRun<FileItem>(uploads, BulkJournal.NONE, 1, pauses)
                    .run(new DirectorySource(folder), (item, result) -> {}, uploads.progress());

            assertThat(report.count(Outcome.NEW)).isEqualTo(2);
            assertThat(report.count(Outcome.DUPLICATE)).isEqualTo(1);
        }

        assertThat(proxy.faultsAreUsedUp()).isTrue();
        assertThat(progress.items).isEqualTo(3);
        assertThat(progress.bytes).isEqualTo(2L * LARGE + Pictures.png(1, 1).length);
        assertThat(progress.largestStep)
                .as("what is sent counts while it is sent, what is known at once")
                .isEqualTo(LARGE);
        assertThat(progress.steps).isGreaterThan(LARGE / (128 * 1024));
    }

    private static final class RecordedProgress implements Progress {

        private long items;
        private long bytes;
        private long largestStep;
        private int steps;

        @Override
        public void expect(long expectedItems, long expectedBytes) {}

        @Override
        public synchronized void advance(long moreItems, long moreBytes) {
            items += moreItems;
            bytes += moreBytes;
            largestStep = Math.max(largestStep, moreBytes);
            steps++;
        }

        @Override
        public boolean isStopRequested() {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "图片测试.png",
                "\ud83d\ude00.png",
                "a+b%20c.png",
                "100%.png",
                "a;b=c.png",
                "a\"b'c.png",
                "a?b#c.png",
                "-r.png",
                "~.png",
                "a\tb.png",
                "no extension"
            })
    void namesAreThoseThatTheLocalCommandGives(String name) throws IOException {
        String here = directory.resolve(name).toString();
        Files.write(Path.of(here), Pictures.uniquePng());
        imagehost.run("upload", here);
        administrator.run("owner", "add", owner + "b");
        administrator.run("upload", here, "--owner", owner + "b");

        assertThat(names(imagehost.run("list", "--json")))
                .hasSize(1)
                .isEqualTo(names(administrator.run("list", "--json", "--owner", owner + "b")));
    }

    @Test
    void readsStandardInput() {
        byte[] picture = Pictures.uniquePng();

        Result named = imagehost.reading(picture).run("upload", "-", "--name", "cat.png");
        Result nameless = imagehost.reading(Pictures.uniqueGif()).run("upload", "-");
        Result empty = imagehost.run("upload", "-");

        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(nameless.exitCode()).as(nameless.err()).isZero();
        assertThat(names(imagehost.run("list", "--json"))).containsExactly("image.gif", "cat.png");
        assertThat(empty.err()).isEqualTo("imagehost: -: The file is empty" + System.lineSeparator());
    }

    @Test
    void standardInputIsSentAgainAfterACut() {
        proxy.next(RemoteCommandsIT::isUpload, Fault.resetRequestAfter(100_000));

        Result result =
                imagehost.impatient().reading(Pictures.jpegOfSize(LARGE)).run("upload", "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(proxy.faultsAreUsedUp()).isTrue();
    }

    @Test
    void anUploadThatIsCutOffIsRepeatedAndStoredOnce() throws IOException {
        proxy.next(RemoteCommandsIT::isUpload, Fault.resetRequestAfter(200_000));
        String cut = write("cut.jpg", Pictures.jpegOfSize(LARGE));
        Result afterCut = imagehost.impatient().run("upload", cut);
        proxy.next(RemoteCommandsIT::isUpload, Fault.loseAnswer());
        String lost = write("lost.jpg", Pictures.jpegOfSize(LARGE));
        Result afterLoss = imagehost.impatient().run("upload", lost);

        assertThat(proxy.faultsAreUsedUp()).isTrue();
        assertThat(afterCut.exitCode()).as(afterCut.err()).isZero();
        assertThat(afterLoss.exitCode()).as(afterLoss.err()).isZero();
        assertThat(names(imagehost.run("list", "--json"))).containsExactly("lost.jpg", "cut.jpg");
    }

    @Test
    void whatIsTooLargeIsNotSent() throws IOException {
        Path huge = directory.resolve("huge.png");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(300_000_000L);
        }
        proxy.always(RemoteCommandsIT::isUpload, Fault.resetRequestAfter(0));

        Result file = imagehost.impatient().run("upload", huge.toString());
        Result input =
                imagehost.impatient().reading(new byte[MAX_FILE_SIZE + 1]).run("upload", "-");

        assertThat(file)
                .isEqualTo(new Result(
                        1,
                        "",
                        "imagehost: " + huge + ": The file is larger than " + MAX_FILE_SIZE + " bytes"
                                + System.lineSeparator()));
        assertThat(input)
                .isEqualTo(new Result(
                        1,
                        "",
                        "imagehost: -: The file is larger than " + MAX_FILE_SIZE + " bytes" + System.lineSeparator()));
    }

    @Test
    void whatIsOverTheQuotaIsNotUploadedAndTheRestIs() throws IOException {
        administrator.run("owner", "set", owner, "--max-images", "1");
        String first = picture("first.png");

        Result result = imagehost.run("upload", "--jobs", "1", first, picture("second.png"), first);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2);
        assertThat(result.errors()).hasSize(1).allMatch(line -> line.contains("second.png: There is no room left"));
    }

    @Test
    void seesAndDeletesNothingOfOthers() throws IOException {
        String foreign = administrator
                .run("upload", picture("foreign.png"), "--json")
                .json()
                .at("/successful/0/data/id")
                .asString();

        assertThat(imagehost.run("show", foreign))
                .isEqualTo(new Result(1, "", "imagehost: There is no image " + foreign + System.lineSeparator()));
        assertThat(imagehost.run("delete", foreign).exitCode()).isEqualTo(1);
        assertThat(administrator.run("show", foreign).exitCode()).isZero();
        assertThat(imagehost.run("stats", "--json").json().at("/usage/images").asInt())
                .isZero();
    }

    @Test
    void deletesWhatTheFiltersChoose() throws IOException {
        imagehost.run("upload", picture("a.png"), write("b.jpg", Pictures.uniqueJpeg()), picture("c.png"));

        Result deleted = imagehost.run("delete", "--type", "png");

        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        assertThat(deleted.lines()).hasSize(2).allMatch(line -> line.startsWith("Deleted image "));
        assertThat(names(imagehost.run("list", "--json"))).containsExactly("b.jpg");
    }

    /** What the first try has deleted would look as if it had never been there. */
    @Test
    void aDeletionIsNotRepeatedIfNobodyKnowsWhatBecameOfIt() throws IOException {
        imagehost.run("upload", picture("a.png"));
        String id = imagehost.run("list", "--json").json().at("/images/0/id").asString();
        proxy.next(
                request -> request.startsWith("DELETE"),
                answer("504 Gateway Timeout", "<html></html>"),
                Fault.loseAnswer());

        assertThat(imagehost.impatient().run("delete", id).exitCode()).isEqualTo(4);

        Result lost = imagehost.impatient().run("delete", id);

        assertThat(lost.exitCode()).isEqualTo(4);
        assertThat(lost.err()).contains("The connection to " + proxy.endpoint() + " broke");
        assertThat(imagehost.run("delete", id).exitCode()).isEqualTo(1);
    }

    /** A service that does not know filters would list everything. */
    @Test
    void nothingIsDeletedThatTheFiltersDoNotChoose() throws IOException {
        imagehost.run("upload", picture("a.png"));
        JsonNode all = imagehost.run("list", "--json").json();
        proxy.next(
                RemoteCommandsIT::isList,
                answer("200 OK", "{\"success\":true,\"message\":\"OK\",\"data\":" + all + "}"));

        Result result = imagehost.run("delete", "--type", "gif");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("does not know how to filter");
        assertThat(names(imagehost.run("list", "--json"))).containsExactly("a.png");
    }

    @ParameterizedTest
    @CsvSource({
        "503 Service Unavailable, service_unavailable",
        "429 Too Many Requests, rate_limited",
        "408 Request Timeout, upload_too_slow",
    })
    void triesAgainWhatTheServiceHasNoTimeFor(String status, String code) throws IOException {
        String refusal = "{\"success\":false,\"message\":\"Later\",\"data\":null,\"code\":\"" + code + "\"}";
        proxy.next(RemoteCommandsIT::isUpload, answer(status, refusal));
        proxy.next(RemoteCommandsIT::isList, answer(status, refusal));

        Result upload = imagehost.impatient().run("upload", picture("a.png"));
        Result list = imagehost.impatient().run("list", "--json");

        assertThat(proxy.faultsAreUsedUp()).isTrue();
        assertThat(upload.exitCode()).as(upload.err()).isZero();
        assertThat(names(list)).containsExactly("a.png");
    }

    @Test
    void aServiceThatAsksForMoreThanAMinuteIsNotWaitedFor() throws IOException {
        proxy.next(RemoteCommandsIT::isUpload, answer("429 Too Many Requests\r\nRetry-After: 899", ""));
        Result refused = imagehost.run("upload", picture("b.png"), picture("c.png"), "--jobs", "1");

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.errors())
                .containsExactly(
                        "imagehost: " + proxy.endpoint() + " answers with HTTP status 429 (again in 899 seconds)");
    }

    /** As nginx does, for instance, without client_max_body_size. */
    @Test
    void aProxyThatTakesNothingOfThisSizeIsToldForEachFile() throws IOException {
        proxy.next(RemoteCommandsIT::isUpload, answer("413 Payload Too Large", "<html></html>"));
        String first = picture("first.png");

        Result result = imagehost.run("upload", "--jobs", "1", first, picture("second.png"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(1);
        assertThat(result.errors())
                .containsExactly("imagehost: " + first + ": " + proxy.endpoint()
                        + " answers with HTTP status 413: it takes nothing of this size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | <html>Welcome</html> | 3 | but not as an imagehost does",
                "200 OK | {} | 3 | but not as an imagehost does",
                "200 OK | [1,2] | 3 | but not as an imagehost does",
                "404 Not Found | <html>No</html> | 3 | but not as an imagehost does",
                "204 No Content | '' | 3 | but not as an imagehost does",
                "401 Unauthorized | <html>Log in</html> | 3 | answers with HTTP status 401",
                "200 OK | {\"success\":true,\"message\":\"OK\",\"data\":null} | 3 | does not understand",
                "200 OK | {\"success\":true,\"message\":\"OK\",\"data\":{\"images\":[]}} | 3 | does not understand",
                "500 Server Error | {\"success\":false,\"message\":\"Internal server error\",\"code\":\"internal_error\"} | 70 | Internal server error",
                "502 Bad Gateway | <html>nginx</html> | 4 | answers with HTTP status 502",
                "301 Moved\\nLocation: https://images.test/api/images | '' | 3 | https://images.test/api/images",
                "421 Misdirected Request | {\"success\":false,\"message\":\"Reached only as localhost\",\"code\":\"host_refused\"} | 3 | Reached only as localhost",
            })
    void saysWhatAnswersInsteadOfAService(String status, String body, int exitCode, String message) {
        proxy.always(FaultProxy.anyRequest(), answer(status.replace("\\n", "\r\n"), body));

        Result result = imagehost.impatient().run("list");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(message);
    }

    @Test
    void aServerThatIsAwayIsToldOnce() throws IOException {
        proxy.refuseConnections();

        Result upload = imagehost.impatient().run("upload", picture("a.png"), picture("b.png"));
        Result list = imagehost.impatient().run("list");

        String message = "imagehost: " + proxy.endpoint() + " can't be reached";
        assertThat(upload.exitCode()).isEqualTo(4);
        assertThat(upload.err().lines()).hasSize(1).allMatch(line -> line.startsWith(message));
        assertThat(list.exitCode()).isEqualTo(4);
        assertThat(list.err()).startsWith(message);
    }

    @Test
    void saysThatThereIsNoTls() {
        CommandRunner overTls =
                remote(URI.create("https://127.0.0.1:" + service.address().getPort()), token);

        Result result = overTls.run("list");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("The TLS connection to https://127.0.0.1:");
    }

    @Test
    void aWrongTokenIsToldOnceAndShownNowhere() throws IOException {
        String wrong = token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");

        Result upload = remote(proxy.endpoint(), wrong).run("upload", picture("a.png"), picture("b.png"), "--verbose");
        Result none = remote(proxy.endpoint(), "").run("list");

        assertThat(upload.exitCode()).isEqualTo(3);
        assertThat(upload.errors()).hasSize(1).allMatch(line -> line.contains("The access token is not valid"));
        assertThat(upload.err()).contains("\tat ").doesNotContain(wrong);
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err()).contains("Please log in or bring an access token; set IMAGEHOST_TOKEN");
    }

    @Test
    void thePackagedProgramReadsItsTokenFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), token + "\n");
        RunnableJar packaged = new RunnableJar(directory, Map.of("IMAGEHOST_TOKEN_FILE", file.toString()));

        Result result = packaged.run("upload", "--server", service.address().toString(), picture("a.png"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.onlyLine()).startsWith("http://images.test/i/");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private static boolean isUpload(String request) {
        return request.startsWith("POST /api/upload ");
    }

    private static boolean isList(String request) {
        return request.startsWith("GET /api/images?");
    }

    private String token(String scopes) {
        return administrator
                .run("token", "create", "test", "--owner", owner, "--scopes", scopes)
                .onlyLine();
    }

    private CommandRunner remote(URI server, String secret) {
        return CommandRunner.in(directory.resolve("data"))
                .with("IMAGEHOST_SERVER", server.toString())
                .with("IMAGEHOST_TOKEN", secret);
    }

    private String picture(String name) throws IOException {
        return write(name, Pictures.uniquePng());
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private static Fault answer(String statusLine, String body) {
        return Fault.answerInstead("HTTP/1.1 " + statusLine + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static List<String> names(Result list) {
        return list.json().get("images").findValuesAsString("originalName");
    }
}
