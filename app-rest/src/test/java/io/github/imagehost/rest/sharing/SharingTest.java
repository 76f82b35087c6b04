package io.github.imagehost.rest.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who sees images, how long and how often. */
class SharingTest extends ServiceTest {

    private static final String NOBODYS = "/i/abcdefghijklmnopqrstuvwxyz.png";

    private Accounts accounts;
    private Owner owner;
    private String token;

    /** What is changed here has to be seen at once, however long others may take to notice. */
    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "1h");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        token = accounts.token(owner.id());
    }

    // ---- saying it

    @Test
    void anUploadSaysWhoMaySeeItAndHowLong() throws Exception {
        Multipart before = new Multipart()
                .text("visibility", "private")
                .text("expiresIn", "7d")
                .text("maxViews", "12")
                .file("image", "a.png", Pictures.uniquePng());
        Multipart behind = new Multipart()
                .file("image", "a.png", Pictures.uniquePng())
                .text("visibility", "private")
                .text("expiresIn", "7d")
                .text("maxViews", "12");

        for (Answer answer : List.of(
                client().post("/api/upload", before, bearer()),
                client().post("/api/upload", behind, bearer()),
                client().put("a.png?visibility=private&expiresIn=7d&maxViews=12", Pictures.uniquePng(), bearer()))) {
            JsonNode image = answer.isSuccess("上传成功").data();
            assertThat(image.get("visibility").asString()).isEqualTo("private");
            assertThat(Duration.between(
                            Instant.parse(image.get("uploadTime").asString()),
                            Instant.parse(image.get("expiresAt").asString())))
                    .isBetween(
                            Duration.ofDays(7).minusMinutes(1),
                            Duration.ofDays(7).plusMinutes(1));
            assertThat(image.get("viewsLeft").asLong()).isEqualTo(12);
            assertThat(details(image).get("visibility")).isEqualTo(image.get("visibility"));
        }
    }

    @Test
    void severalFilesAreSharedAlike() throws Exception {
        Multipart files = new Multipart()
                .file("images", "a.png", Pictures.uniquePng())
                .text("visibility", "private")
                .file("images", "b.png", Pictures.uniquePng());

        JsonNode data = client().post("/api/upload/multiple", files, bearer()).data();

        assertThat(data.get("successful"))
                .hasSize(2)
                .allMatch(
                        image -> image.get("data").get("visibility").asString().equals("private"));
    }

    @Test
    void whatIsNotSaidIsForEverybodyAndForEver() throws Exception {
        JsonNode image = upload();

        assertThat(image.get("visibility").asString()).isEqualTo("public");
        assertThat(image.get("expiresAt").isNull()).isTrue();
        assertThat(image.get("viewsLeft").isNull()).isTrue();
        assertThat(client().get(path(image)).header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @CsvSource({
        "visibility, secret",
        "visibility, PRIVATE",
        "visibility, ''",
        "expiresIn, 59s",
        "expiresIn, 36501d",
        "expiresIn, tomorrow",
        "expiresIn, -1d",
        "expiresAt, 2020-01-01T00:00:00Z",
        "expiresAt, 9999-01-01T00:00:00Z",
        "expiresAt, 2030-01-01T00:00:00",
        "maxViews, 0",
        "maxViews, -1",
        "maxViews, 1.5",
        "maxViews, 99999999999999999999"
    })
    void whatIsNotLegalIsNamedAndNothingIsStored(String field, String value) throws Exception {
        Multipart form =
                new Multipart().file("image", "a.png", Pictures.uniquePng()).text(field, value);

        Answer answer = client().post("/api/upload", form, bearer()).isError(400, "invalid_parameter");

        assertThat(answer.message()).contains(field);
        assertThat(stored()).isZero();
    }

    private long stored() {
        return service().part(ImageHost.class).list(ImageQuery.of(owner.id())).totalItems();
    }

    @ParameterizedTest
    @CsvSource({"visibility, private", "expiresIn, 7d", "expiresAt, 2030-01-01T00:00:00Z", "maxViews, ''"})
    void aFormSaysItInItsFieldsAndNotInTheAddress(String field, String value) throws Exception {
        for (String path : List.of("/api/upload", "/api/upload/multiple")) {
            Multipart form =
                    new Multipart().file("image", "a.png", Pictures.uniquePng()).text("visibility", "public");

            Answer answer = client().post(path + "?" + field + "=" + value, form, bearer())
                    .isError(400, "invalid_parameter");

            assertThat(answer.message()).contains(field, "表单字段");
            assertThat(stored()).isZero();
        }
    }

    @Test
    void whatElseStandsInTheAddressOfAFormDoesNoHarm() throws Exception {
        client().post("/api/upload?key=1&Visibility=private&originalName=b.png", form(), bearer())
                .isSuccess("上传成功");
        client().post("/api/upload?visibility=private", form()).isError(401, "login_required");
    }

    private static Multipart form() {
        return new Multipart().file("image", "a.png", Pictures.uniquePng());
    }

    @Test
    void twoEndsAreRefused() throws Exception {
        Multipart form = new Multipart()
                .file("image", "a.png", Pictures.uniquePng())
                .text("expiresIn", "7d")
                .text("expiresAt", "2030-01-01T00:00:00Z");

        client().post("/api/upload", form, bearer()).isError(400, "invalid_parameter");
    }

    @Test
    void aFieldThatIsLongerThanAnyLegalOneIsRefused() throws Exception {
        Multipart form =
                new Multipart().file("image", "a.png", Pictures.uniquePng()).text("visibility", "p".repeat(2000));

        client().post("/api/upload", form, bearer()).isError(400, "invalid_parameter");
    }

    @Test
    void anImageIsChanged() throws Exception {
        JsonNode image = upload();

        JsonNode changed = change(
                        image,
                        "{\"originalName\":\"图 <b>.png\",\"visibility\":\"private\",\"expiresAt\":\"2030-01-01T08:00:00+08:00\",\"maxViews\":3}")
                .isSuccess("操作成功")
                .data();

        assertThat(changed.get("originalName").asString()).isEqualTo("图 <b>.png");
        assertThat(changed.get("visibility").asString()).isEqualTo("private");
        assertThat(changed.get("expiresAt").asString()).isEqualTo("2030-01-01T00:00:00.000Z");
        assertThat(changed.get("viewsLeft").asLong()).isEqualTo(3);
        assertThat(changed.get("url")).isEqualTo(image.get("url"));
        assertThat(details(image)).isEqualTo(changed);
        JsonNode again = change(image, "{\"visibility\":\"public\",\"expiresAt\":null,\"maxViews\":null}")
                .data();
        assertThat(again.get("visibility").asString()).isEqualTo("public");
        assertThat(again.get("expiresAt").isNull() && again.get("viewsLeft").isNull())
                .isTrue();
        assertThat(again.get("originalName").asString()).isEqualTo("图 <b>.png");
        assertThat(client().get(path(image)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"owner\":1}",
                "{\"id\":1}",
                "{\"filename\":\"a.png\"}",
                "{\"visibility\":1}",
                "{\"visibility\":\"all\"}",
                "{\"originalName\":\"\"}",
                "{\"originalName\":\"\\u0000\"}",
                "{\"originalName\":7}",
                "{\"expiresAt\":5}",
                "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"expiresIn\":\"1s\"}",
                "{\"maxViews\":0}",
                "{\"maxViews\":\"3\"}",
                "{\"maxViews\":1.5}"
            })
    void anIllegalChangeChangesNothing(String json) throws Exception {
        JsonNode image = upload();
        JsonNode before = details(image);

        change(image, json).isError(400, "invalid_parameter");

        assertThat(details(image)).isEqualTo(before);
    }

    @Test
    void severalImagesAreChangedAlike() throws Exception {
        JsonNode first = upload();
        JsonNode second = upload();
        JsonNode untouched = upload();
        String others = accounts.token(accounts.add(Role.USER).id());
        JsonNode foreign = client().post(
                        "/api/upload",
                        new Multipart().file("image", "a.png", Pictures.uniquePng()),
                        "Authorization",
                        "Bearer " + others)
                .data();
        details(first);

        Answer answer =
                send(token, "PATCH", "/api/images", """
                {"ids":[%s,987654321,%s,%s,%s],"visibility":"private","expiresIn":"7d","maxViews":3}""".formatted(id(second), id(first), id(foreign), id(second)));

        JsonNode data = answer.isSuccess("成功修改2张图片").data();
        assertThat(Answer.names(data)).containsExactly("changedCount", "notFound");
        assertThat(data.get("changedCount").asInt()).isEqualTo(2);
        assertThat(data.get("notFound")).hasToString("[987654321," + id(foreign) + "]");
        for (JsonNode changed : List.of(first, second)) {
            JsonNode now = details(changed);
            assertThat(now.get("visibility").asString()).isEqualTo("private");
            assertThat(now.get("expiresAt").isNull()).isFalse();
            assertThat(now.get("viewsLeft").asInt()).isEqualTo(3);
            assertThat(client().get(path(changed)).status()).isEqualTo(404);
        }
        assertThat(details(untouched).get("visibility").asString()).isEqualTo("public");
        assertThat(client().get(path(foreign)).status()).isEqualTo(200);
        send(token, "PATCH", "/api/images", """
                {"ids":[%s,%s],"visibility":"public","expiresAt":null,"maxViews":null}""".formatted(id(first), id(second)))
                .isSuccess("成功修改2张图片");
        assertThat(client().get(path(first)).status()).isEqualTo(200);
    }

    @Test
    void ofSeveralImagesNothingIsChangedIfOneThingIsNotLegal() throws Exception {
        JsonNode image = upload();
        JsonNode before = details(image);
        String ids = "\"ids\":[" + id(image);
        String tooMany = LongStream.rangeClosed(1, 100).mapToObj(i -> "," + i).collect(Collectors.joining());

        for (String json : List.of(
                "{\"visibility\":\"private\"}",
                "{\"ids\":[],\"visibility\":\"private\"}",
                "{\"ids\":7,\"visibility\":\"private\"}",
                "{" + ids + tooMany + "],\"visibility\":\"private\"}",
                "{" + ids + "]}",
                "{" + ids + "],\"originalName\":\"a.png\"}",
                "{" + ids + "],\"visibility\":\"all\"}",
                "{" + ids + "],\"visibility\":\"private\",\"maxViews\":0}")) {
            send(token, "PATCH", "/api/images", json).isError(400, "invalid_parameter");
        }
        for (String id : List.of("\"26\"", "26.5", "0", "null")) {
            send(token, "PATCH", "/api/images", "{" + ids + "," + id + "],\"visibility\":\"private\"}")
                    .isError(400, "invalid_id");
        }
        send(token, "PATCH", "/api/images", "7").isError(400, "object_required");
        send(token, "PATCH", "/api/images", "{\"ids\":[987654321],\"visibility\":\"private\"}")
                .isError(404, "image_not_found");

        assertThat(details(image)).isEqualTo(before);
    }

    @Test
    void aChangeNeedsAScopeOfItsOwn() throws Exception {
        JsonNode image = upload();
        String others = accounts.token(owner.id(), Set.of(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.ACCOUNT));

        for (String method : List.of("PATCH /api/images/{id}", "PATCH /api/images", "POST /api/images/{id}/links")) {
            List<String> parts = Splitter.on(' ').splitToList(method);
            send(
                            others,
                            parts.get(0),
                            parts.get(1).replace("{id}", image.get("id").toString()),
                            "{}")
                    .isError(403, "scope_missing");
        }
    }

    // ---- private ones

    @Test
    void aPrivateImageIsAnsweredAsOneThatIsNotThere() throws Exception {
        JsonNode image = privately();
        String other = accounts.token(accounts.add(Role.USER).id());
        String uploadOnly = accounts.token(owner.id(), Set.of(Scope.UPLOAD));
        String path = path(image);

        for (String way : List.of("", "/thumb", "?w=160", "?format=webp", "?download=1", "?e=9999999999&v=abc")) {
            for (String method : List.of("GET", "HEAD")) {
                for (String[] headers : new String[][] {
                    {},
                    {"Range", "bytes=0-3"},
                    {"If-None-Match", "*"},
                    {"If-Match", "\"x\""},
                    {"Authorization", "Bearer " + other},
                    {"Authorization", "Bearer " + uploadOnly},
                    {
                        "Cookie",
                        "imagehost=" + accounts.session(accounts.add(Role.ADMIN).id())
                    }
                }) {
                    Answer answer = client().send(method, path + way, BodyPublishers.noBody(), headers);
                    assertThat(answer.status()).as(method + way).isEqualTo(404);
                    assertSame(answer, client().send(method, NOBODYS + way, BodyPublishers.noBody(), headers));
                }
            }
        }
    }

    @Test
    void itsOwnerSeesAPrivateImageAndNobodyKeepsIt() throws Exception {
        JsonNode image = privately();
        String readOnly = accounts.token(owner.id(), Set.of(Scope.READ));
        String session = "imagehost=" + accounts.session(owner.id());

        for (String[] headers :
                new String[][] {{"Authorization", "Bearer " + token}, {"X-API-Key", readOnly}, {"Cookie", session}}) {
            for (String way : List.of("", "/thumb", "?w=160")) {
                Answer answer = client().get(path(image) + way, headers);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
                assertThat(answer.header("ETag")).isEmpty();
            }
        }
        Answer again = client().get(path(image), "Authorization", "Bearer " + token, "If-None-Match", "*");
        assertThat(again.status()).isEqualTo(200);
        Answer part = client().get(path(image), "Cookie", session, "Range", "bytes=0-3");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).hasSize(4);
    }

    @Test
    void whoHasASignedLinkSeesAPrivateImageInEverySize() throws Exception {
        JsonNode image = privately();

        Answer signed = send(token, "POST", "/api/images/" + id(image) + "/links", "{\"expiresIn\":\"30m\"}");

        assertThat(signed.status()).isEqualTo(201);
        assertThat(signed.header("Cache-Control")).isEqualTo("no-store");
        JsonNode link = signed.json().get("data");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(link.get("expiresAt").asString())))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        String query = link.get("url").asString().replaceAll(".*\\?", "?");
        assertThat(client().get(path(image) + query).header("Cache-Control")).isEqualTo("private, no-store");
        for (String way : List.of("", "/thumb")) {
            assertThat(client().get(path(image) + way + query).status()).isEqualTo(200);
        }
        assertThat(client().get(path(image) + query + "&w=160").status()).isEqualTo(200);
        assertThat(client().get(path(image) + query, "Range", "bytes=0-3").status())
                .isEqualTo(206);
        assertThat(client().get(path(privately()) + query).status()).isEqualTo(404);
        assertThat(client().get(path(image) + query.replace("e=", "e=1")).status())
                .isEqualTo(404);
        assertThat(client().get(path(image) + query + "A").status()).isEqualTo(404);
        assertThat(client().get(path(image) + query.replaceAll("&v=.*", "")).status())
                .isEqualTo(404);
    }

    @Test
    void aSignedLinkEndsWithTheRightToShare() throws Exception {
        JsonNode image = privately();
        String first = signedPath(image);
        assertThat(client().get(first).status()).isEqualTo(200);

        send(token, "DELETE", "/api/images/" + id(image) + "/links", "").isSuccess("此图片的所有签名链接已失效");
        assertThat(client().get(first).status()).isEqualTo(404);
        String second = signedPath(image);
        assertThat(client().get(second).status()).isEqualTo(200);

        accounts.suspend(owner.id());
        assertThat(client().get(second).status()).isEqualTo(404);
    }

    @Test
    void aLinkThatWasSignedBeforeTheImageBecamePrivateOpensItNoMore() throws Exception {
        JsonNode image = upload();
        String signed = signedPath(image);

        change(image, "{\"visibility\":\"private\"}").isSuccess("操作成功");

        assertThat(client().get(signed).status()).isEqualTo(404);
        String later = signedPath(image);
        change(image, "{\"visibility\":\"private\"}").isSuccess("操作成功");
        assertThat(client().get(later).status()).isEqualTo(200);
    }

    /** Which another service does beside this one, or the administrator's command line. */
    @Test
    void aLinkIsGoodThoughOthersWereTakenBackElsewhere() throws Exception {
        JsonNode image = privately();
        details(image);
        service()
                .part(ImageHost.class)
                .change(owner.id(), image.get("id").asLong(), List.of(new ImageChange.RevokeLinks()));

        assertThat(client().get(signedPath(image)).status()).isEqualTo(200);
    }

    @Test
    void aSignedLinkEndsWithItsImage() throws Exception {
        JsonNode image = upload();
        String end = Instant.now().plusSeconds(3600).toString();
        change(image, "{\"expiresAt\":\"" + end + "\"}").isSuccess("操作成功");

        JsonNode link = send(token, "POST", "/api/images/" + id(image) + "/links", "{}")
                .json()
                .get("data");

        assertThat(Instant.parse(link.get("expiresAt").asString())).isBeforeOrEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"expiresIn\":\"1s\"}", "{\"expiresIn\":\"366d\"}", "{\"expiresIn\":7}", "{\"x\":1}"})
    void anIllegalLinkIsNotSigned(String json) throws Exception {
        send(token, "POST", "/api/images/" + id(privately()) + "/links", json).isError(400, "invalid_parameter");
    }

    @Test
    void onlyItsOwnerChangesAndSharesAnImage() throws Exception {
        JsonNode image = upload();
        JsonNode before = details(image);
        String other = accounts.token(accounts.add(Role.ADMIN).id());

        for (String request : List.of("PATCH {}", "POST {}/links", "DELETE {}/links")) {
            List<String> parts = Splitter.on(' ').splitToList(request);
            String path = "/api/images/" + parts.get(1);
            String body = parts.get(0).equals("PATCH") ? "{\"visibility\":\"private\"}" : "{}";
            Answer others = send(other, parts.get(0), path.replace("{}", id(image)), body);
            assertThat(others.status()).isEqualTo(404);
            assertSame(others, send(other, parts.get(0), path.replace("{}", "987654321"), body));
        }
        assertThat(details(image)).isEqualTo(before);
    }

    @Test
    void anUploadOfAPrivateImageShowsItToNobody() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Multipart form = new Multipart().file("image", "a.png", picture);
        JsonNode image = client().post(
                        "/api/upload",
                        new Multipart().text("visibility", "private").file("image", "a.png", picture),
                        bearer())
                .data();

        JsonNode again = client().post("/api/upload", form, bearer())
                .isSuccess("图片已存在，返回已有链接")
                .data();

        assertThat(again.get("id")).isEqualTo(image.get("id"));
        assertThat(again.get("visibility").asString()).isEqualTo("private");
        assertThat(client().get(path(image)).status()).isEqualTo(404);
    }

    // ---- those that end

    @Test
    void anImageThatEndsIsKeptByCachesUntilThen() throws Exception {
        JsonNode image = upload();
        change(image, "{\"expiresIn\":\"1h\"}").isSuccess("操作成功");

        Answer answer = client().get(path(image));

        assertThat(answer.header("Cache-Control")).matches("public, max-age=(3600|35[0-9]{2})");
        assertThat(answer.header("ETag")).isNotEmpty();
        assertThat(client().get(path(image), "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void anImageThatHasEndedIsNotThere() throws Exception {
        JsonNode image = upload();
        endNow(owner.id(), image);

        for (String path : List.of(path(image), path(image) + "/thumb", path(image) + "?w=160")) {
            client().get(path, bearer()).isError(404, "image_not_found");
        }
        send(token, "GET", "/api/images/" + id(image), "").isError(404, "image_not_found");
        send(token, "DELETE", "/api/images/" + id(image), "").isError(404, "image_not_found");
        change(image, "{\"expiresAt\":null}").isError(404, "image_not_found");
        String digest = image.get("fileHash").asString();
        assertThat(send(token, "POST", "/api/upload/check", "{\"digests\":[\"" + digest + "\"]}")
                        .data()
                        .get("known"))
                .isEmpty();
        service().part(ImageHost.class).removeEnded();
        assertThat(send(token, "GET", "/api/images", "").data().get("images")).isEmpty();
    }

    // ---- those that may be seen so often

    @Test
    void anImageIsSeenAsOftenAsItMayBe() throws Exception {
        JsonNode image = upload();
        change(image, "{\"maxViews\":3}").isSuccess("操作成功");
        assertThat(client().send("HEAD", path(image), BodyPublishers.noBody()).status())
                .isEqualTo(200);

        assertThat(client().get(path(image)).header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(client().get(path(image) + "/thumb").status()).isEqualTo(200);
        assertThat(client().get(path(image), "Range", "bytes=0-3", "If-None-Match", "*")
                        .status())
                .isEqualTo(206);

        client().get(path(image)).isError(404, "image_not_found");
        assertThat(client().send("HEAD", path(image), BodyPublishers.noBody()).status())
                .isEqualTo(404);
        client().get(path(image), "Range", "bytes=99999999-").isError(404, "image_not_found");
    }

    @Test
    void ofManyWhoLookAtOnceOnlyAsManySeeIt() throws Exception {
        JsonNode image = upload();
        change(image, "{\"maxViews\":5}").isSuccess("操作成功");

        List<Integer> statuses =
                Concurrently.run(20, () -> client().get(path(image)).status());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 404).hasSize(15);
    }

    // ---- helpers

    /** As if its time was over. */
    private void endNow(OwnerId of, JsonNode image) {
        ImageChange end = new ImageChange.ExpireAt(Optional.of(Instant.now().minusSeconds(3600)));
        service().part(ImageHost.class).change(of, Long.parseLong(id(image)), List.of(end));
    }

    private String signedPath(JsonNode image) throws Exception {
        String url = send(token, "POST", "/api/images/" + id(image) + "/links", "{}")
                .json()
                .get("data")
                .get("url")
                .asString();
        return url.substring(url.indexOf("/i/"));
    }

    private JsonNode privately() throws Exception {
        Multipart form = new Multipart().text("visibility", "private").file("image", "a.png", Pictures.uniquePng());
        return client().post("/api/upload", form, bearer()).data();
    }

    private JsonNode upload() throws Exception {
        Multipart form = new Multipart().file("image", "a.png", Pictures.uniquePng());
        return client().post("/api/upload", form, bearer()).isSuccess("上传成功").data();
    }

    private JsonNode details(JsonNode image) throws Exception {
        return send(token, "GET", "/api/images/" + id(image), "").data();
    }

    private Answer change(JsonNode image, String json) throws Exception {
        return send(token, "PATCH", "/api/images/" + id(image), json);
    }

    private Answer send(String sender, String method, String path, String body) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + sender);
    }

    private String[] bearer() {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String id(JsonNode image) {
        return image.get("id").toString();
    }

    private static String path(JsonNode image) {
        return Client.pathOf(image.get("url").asString());
    }

    private static void assertSame(Answer one, Answer other) {
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(withoutTimeAndId(one.text())).isEqualTo(withoutTimeAndId(other.text()));
        assertThat(withoutDate(one)).isEqualTo(withoutDate(other));
    }

    private static String withoutTimeAndId(String text) {
        return text.replaceAll("\"(requestId|timestamp)\":\"[^\"]*\"", "");
    }

    private static Map<String, List<String>> withoutDate(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        headers.remove("date");
        // one answer in a hundred ends its connection
        headers.remove("connection");
        return headers;
    }
}
