package io.github.imagehost.rest.album;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Albums and tags of an owner, and what is in them. */
class AlbumsTest extends ServiceTest {

    private static final long NOBODYS = 987_654_321;

    private Accounts accounts;
    private Owner owner;
    private String token;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        token = accounts.token(owner.id());
    }

    // ---- albums

    @Test
    void anAlbumIsMadeAndFound() throws Exception {
        Answer made = post("/api/albums", "{\"name\":\"  Süden   2026 \"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode album = made.json().get("data");
        assertThat(Answer.names(album))
                .containsExactly(
                        "id",
                        "name",
                        "images",
                        "order",
                        "visibility",
                        "publicUntil",
                        "random",
                        "cover",
                        "expiresAt",
                        "createdAt",
                        "updatedAt",
                        "url");
        assertThat(album.get("name").asString()).isEqualTo("Süden 2026");
        assertThat(album.get("visibility").asString()).isEqualTo("private");
        assertThat(album.get("order").asString()).isEqualTo("newest");
        assertThat(album.get("images").asLong()).isZero();
        assertThat(album.get("url").isNull()).isTrue();
        assertThat(get("/api/albums/" + album.get("id").asString())).isEqualTo(album);
        assertThat(get("/api/albums").get("albums")).containsExactly(album);
    }

    @Test
    void everythingAboutAnAlbumIsSaidAtOnceOrLater() throws Exception {
        JsonNode album = post(
                        "/api/albums",
                        "{\"name\":\"a\",\"order\":\"manual\",\"visibility\":\"public\",\"random\":true,\"expiresIn\":\"7d\"}")
                .json()
                .get("data");
        String path = "/api/albums/" + album.get("id").asString();
        JsonNode image = upload();
        put(path + "/images", "{\"ids\":[" + image.get("id") + "]}");

        assertThat(album.get("order").asString()).isEqualTo("manual");
        assertThat(album.get("url").asString()).matches("http://.*/a/[a-z2-7]{26}");
        assertThat(Instant.parse(album.get("expiresAt").asString()))
                .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(8)));
        JsonNode changed = patch(
                        path,
                        "{\"name\":\"b\",\"order\":\"oldest\",\"visibility\":\"private\",\"random\":false,\"expiresAt\":null,\"cover\":"
                                + image.get("id") + "}")
                .isSuccess("操作成功")
                .data();
        assertThat(changed.get("name").asString()).isEqualTo("b");
        assertThat(changed.get("order").asString()).isEqualTo("oldest");
        assertThat(changed.get("visibility").asString()).isEqualTo("private");
        assertThat(changed.get("random").asBoolean()).isFalse();
        assertThat(changed.get("expiresAt").isNull()).isTrue();
        assertThat(changed.get("cover")).isEqualTo(image.get("id"));
        assertThat(patch(path, "{\"cover\":null}").data().get("cover").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|name",
                "{\"name\":\"\"}|name",
                "{\"name\":\"  \"}|name",
                "{\"name\":7}|name",
                "{\"name\":\"a\\u0000b\"}|name",
                "{\"name\":\"a\",\"order\":\"up\"}|order",
                "{\"name\":\"a\",\"visibility\":\"friends\"}|visibility",
                "{\"name\":\"a\",\"random\":\"yes\"}|random",
                "{\"name\":\"a\",\"expiresIn\":\"1s\"}|expiresIn",
                "{\"name\":\"a\",\"expiresIn\":\"1d\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}|expiresAt",
                "{\"name\":\"a\",\"visibility\":\"public\",\"publicFor\":\"59s\"}|publicFor",
                "{\"name\":\"a\",\"visibility\":\"public\",\"publicUntil\":\"2020-01-01T00:00:00Z\"}|publicUntil",
                "{\"name\":\"a\",\"visibility\":\"public\",\"publicFor\":\"1d\",\"publicUntil\":\"2099-01-01T00:00:00Z\"}|publicUntil",
                "{\"name\":\"a\",\"publicFor\":\"1d\"}|publicUntil",
                "{\"name\":\"a\",\"visibility\":\"private\",\"publicUntil\":\"2099-01-01T00:00:00Z\"}|publicUntil",
                "{\"name\":\"a\",\"cover\":1}|cover",
                "{\"name\":\"a\",\"owner\":1}|owner"
            })
    void whatIsNotLegalIsNamed(String body, String field) throws Exception {
        Answer refused = post("/api/albums", body).isError(400, "invalid_parameter");

        assertThat(refused.message()).startsWith("参数" + field + "无效");
        assertThat(get("/api/albums").get("albums")).isEmpty();
    }

    // ---- albums that are public for a while

    @Test
    void anAlbumIsPublicForAWhile() throws Exception {
        JsonNode made = post("/api/albums", "{\"name\":\"a\",\"visibility\":\"public\",\"publicFor\":\"1d\"}")
                .json()
                .get("data");
        String path = "/api/albums/" + made.get("id").asString();

        assertThat(made.get("visibility").asString()).isEqualTo("public");
        assertThat(Instant.parse(made.get("publicUntil").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        assertThat(made.get("expiresAt").isNull()).as("the album stays").isTrue();
        assertThat(made.get("url").isNull()).isFalse();
        JsonNode later =
                patch(path, "{\"publicUntil\":\"2099-01-01T08:00:00+08:00\"}").data();
        assertThat(later.get("publicUntil").asString()).isEqualTo("2099-01-01T00:00:00.000Z");
        JsonNode renamed =
                patch(path, "{\"name\":\"b\",\"visibility\":\"public\"}").data();
        assertThat(renamed.get("publicUntil")).as("what is not said stays").isEqualTo(later.get("publicUntil"));
        JsonNode forEver = patch(path, "{\"publicUntil\":null}").data();
        assertThat(forEver.get("publicUntil").isNull()).isTrue();
        assertThat(forEver.get("visibility").asString()).isEqualTo("public");
    }

    @Test
    void whatIsMadePrivateHasNoEndOfBeingPublicAnyMore() throws Exception {
        String path = "/api/albums/" + addAlbum("a");
        patch(path, "{\"visibility\":\"public\",\"publicFor\":\"1d\"}");

        JsonNode hidden = patch(path, "{\"visibility\":\"private\"}").data();
        JsonNode shown = patch(path, "{\"visibility\":\"public\"}").data();

        assertThat(hidden.get("visibility").asString()).isEqualTo("private");
        assertThat(hidden.get("publicUntil").isNull()).isTrue();
        assertThat(shown.get("publicUntil").isNull()).isTrue();
    }

    @Test
    void onlyAPublicAlbumHasAnEndOfBeingPublic() throws Exception {
        String path = "/api/albums/" + addAlbum("a");

        for (String body : List.of(
                "{\"publicFor\":\"1d\"}",
                "{\"publicUntil\":\"2099-01-01T00:00:00Z\",\"name\":\"b\"}",
                "{\"visibility\":\"private\",\"publicFor\":\"1d\"}")) {
            assertThat(patch(path, body).isError(400, "invalid_parameter").message())
                    .startsWith("参数publicUntil无效")
                    .contains("visibility");
        }

        JsonNode album = get(path);
        assertThat(album.get("visibility").asString()).isEqualTo("private");
        assertThat(album.get("name").asString()).as("nothing was done").isEqualTo("a");
        assertThat(patch(path, "{\"publicUntil\":null}")
                        .data()
                        .get("visibility")
                        .asString())
                .isEqualTo("private");
    }

    @Test
    void whatTheAnswersTellOnceItIsOverIsThatTheAlbumIsPrivate() throws Exception {
        long id = addAlbum("a");
        String path = "/api/albums/" + id;
        JsonNode image = upload();
        put(path + "/images", "{\"ids\":[" + image.get("id") + "]}");
        patch(path, "{\"visibility\":\"public\",\"publicFor\":\"1d\"}");
        endBeingPublic(id);

        for (JsonNode album :
                List.of(get(path), get("/api/albums").get("albums").get(0))) {
            assertThat(album.get("visibility").asString()).isEqualTo("private");
            assertThat(album.get("publicUntil").isNull()).isTrue();
            assertThat(album.get("url").isNull()).isTrue();
            assertThat(album.get("images").asInt()).isOne();
        }
        assertThat(get(path + "/images").get("images")).hasSize(1);
        patch(path, "{\"publicFor\":\"1d\"}").isError(400, "invalid_parameter");
    }

    /** As if the time had come. */
    private void endBeingPublic(long album) {
        AlbumChange end = new AlbumChange.ShowUntil(Optional.of(Instant.now().minusSeconds(3600)));
        service().part(Albums.class).change(owner.id(), album, List.of(end));
    }

    // ---- more of albums

    @Test
    void aNameMayBeLongButNotTooLong() throws Exception {
        assertThat(post("/api/albums", "{\"name\":\"" + "图".repeat(100) + "\"}").status())
                .isEqualTo(201);
        post("/api/albums", "{\"name\":\"" + "图".repeat(101) + "\"}").isError(400, "invalid_parameter");
    }

    @Test
    void anOwnerHasOneAlbumOfAName() throws Exception {
        addAlbum("Ferien");
        long other = addAlbum("Arbeit");

        post("/api/albums", "{\"name\":\"FERIEN\"}").isError(409, "album_name_taken");
        patch("/api/albums/" + other, "{\"name\":\"ferien\"}").isError(409, "album_name_taken");
        assertThat(get("/api/albums").get("albums")).hasSize(2);
    }

    @Test
    void nothingToChangeIsNoChange() throws Exception {
        String path = "/api/albums/" + addAlbum("a");

        assertThat(patch(path, "{}").isError(400, "invalid_parameter").message())
                .contains("cover");
        patch(path, "[]").isError(400, "object_required");
        patch(path, "{\"cover\":" + upload().get("id") + "}").isError(400, "invalid_parameter");
    }

    @Test
    void aDeletedAlbumLeavesItsImages() throws Exception {
        long album = addAlbum("a");
        JsonNode image = upload();
        put("/api/albums/" + album + "/images", "{\"ids\":[" + image.get("id") + "]}");

        send("DELETE", "/api/albums/" + album, "").isSuccess("删除成功");

        send("DELETE", "/api/albums/" + album, "").isError(404, "album_not_found");
        send("GET", "/api/albums/" + album, "").isError(404, "album_not_found");
        send("GET", "/api/images?album=" + album, "").isError(404, "album_not_found");
        assertThat(get("/api/images/" + image.get("id")).get("albums")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "1.5"})
    void anIdIsAWholeNumber(String id) throws Exception {
        send("GET", "/api/albums/" + id, "").isError(400, "invalid_id");
    }

    @Test
    void changesOfAlbumsAreNotedInTheAuditLog() throws Exception {
        long album = addAlbum("Ferien");
        patch("/api/albums/" + album, "{\"visibility\":\"public\"}");
        patch("/api/albums/" + album, "{\"publicUntil\":\"2099-01-01T00:00:00Z\"}");
        patch("/api/albums/" + album, "{\"publicUntil\":null}");
        patch("/api/albums/" + album, "{\"visibility\":\"friends\"}");
        send("DELETE", "/api/albums/" + album, "");

        AuditLog log = service().part(MySqlMetadataRepository.class).auditLog();
        assertThat(log.find(new AuditQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(owner.id()),
                                Optional.empty(),
                                Optional.empty(),
                                10))
                        .entries())
                .extracting(entry -> entry.event().act())
                .filteredOn(act -> act.target().equals("album:" + album))
                .extracting(act -> act.action() + " " + act.detail())
                .containsExactly(
                        AuditAction.ALBUM_DELETED + " Ferien",
                        AuditAction.ALBUM_CHANGED + " public without an end",
                        AuditAction.ALBUM_CHANGED + " public until 2099-01-01T00:00:00Z",
                        AuditAction.ALBUM_CHANGED + " visibility public",
                        AuditAction.ALBUM_CREATED + " name Ferien, visibility private");
    }

    // ---- images in albums

    @Test
    void imagesArePutInMovedAndTakenOut() throws Exception {
        String album = "/api/albums/" + addAlbum("a");
        patch(album, "{\"order\":\"manual\"}");
        List<JsonNode> images = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            images.add(upload().get("id"));
        }

        JsonNode put = put(
                        album + "/images",
                        "{\"ids\":[%s,%s,%d,%s]}".formatted(images.get(2), images.get(0), NOBODYS, images.get(1)))
                .isSuccess("操作成功")
                .data();
        assertThat(put.get("count").asInt()).isEqualTo(3);
        assertThat(put.get("notFound").get(0).asLong()).isEqualTo(NOBODYS);
        assertThat(ids(album)).containsExactly(images.get(2), images.get(0), images.get(1));

        put(album + "/images", "{\"ids\":[%s,%s],\"to\":\"start\"}".formatted(images.get(3), images.get(1)));
        assertThat(ids(album)).containsExactly(images.get(3), images.get(1), images.get(2), images.get(0));
        put(album + "/images", "{\"ids\":[%s],\"to\":\"end\"}".formatted(images.get(3)));
        assertThat(ids(album)).containsExactly(images.get(1), images.get(2), images.get(0), images.get(3));

        JsonNode takenOut = send(
                        "DELETE",
                        album + "/images",
                        "{\"ids\":[%s,%d,%s]}".formatted(images.get(1), NOBODYS, images.get(0)))
                .isSuccess("操作成功")
                .data();
        assertThat(takenOut.get("count").asInt()).isEqualTo(2);
        assertThat(ids(album)).containsExactly(images.get(2), images.get(3));
        assertThat(get(album).get("images").asLong()).isEqualTo(2);
    }

    @Test
    void anAlbumIsShownPageByPage() throws Exception {
        String album = "/api/albums/" + addAlbum("a");
        List<JsonNode> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, upload("?album=a").get("id"));
        }

        JsonNode first = get(album + "/images?limit=3");
        JsonNode second =
                get(album + "/images?limit=3&cursor=" + first.get("nextCursor").asString());

        List<JsonNode> seen = new ArrayList<>();
        first.get("images").forEach(image -> seen.add(image.get("id")));
        second.get("images").forEach(image -> seen.add(image.get("id")));
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(second.get("nextCursor").isNull()).isTrue();
        for (String illegal : List.of("cursor=x", "cursor=", "limit=0", "limit=101", "limit=a")) {
            send("GET", album + "/images?" + illegal, "").isError(400, "invalid_parameter");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"ids\":[]}", "{\"ids\":7}", "{\"ids\":[1],\"to\":\"middle\"}", "{\"ids\":[1],\"x\":1}"})
    void whatIsToBePutInHasToBeSaid(String body) throws Exception {
        put("/api/albums/" + addAlbum("a") + "/images", body).isError(400, "invalid_parameter");
    }

    @Test
    void idsOfImagesAreWholeNumbers() throws Exception {
        String images = "/api/albums/" + addAlbum("a") + "/images";

        put(images, "{\"ids\":[\"7\"]}").isError(400, "invalid_id");
        put(images, "{\"ids\":[" + "1,".repeat(1000) + "1]}").isError(400, "invalid_parameter");
        put(images, "").isError(400, "object_required");
    }

    // ---- uploads

    @Test
    void everyUploadCallNamesAnAlbumAndTags() throws Exception {
        long album = addAlbum("Ferien");
        String said = "?album=" + album + "&tags=Cat,%20dog";
        Multipart form = new Multipart()
                .file("image", "a.png", Pictures.uniquePng())
                .text("album", "ferien")
                .text("tags", "cat, DOG,,");
        Multipart files = new Multipart()
                .text("album", String.valueOf(album))
                .file("images", "a.png", Pictures.uniquePng())
                .file("images", "b.png", Pictures.uniquePng())
                .text("tags", "dog,cat");
        Multipart addressed = new Multipart().file("image", "a.png", Pictures.uniquePng());
        List<JsonNode> images = new ArrayList<>();
        images.add(client().post("/api/upload", form, bearer()).data());
        images.add(client().post("/api/upload" + said, addressed, bearer()).data());
        images.add(client().put("a.png" + said, Pictures.uniquePng(), bearer()).data());
        client().post("/api/upload/multiple", files, bearer())
                .data()
                .get("successful")
                .forEach(one -> images.add(one.get("data")));
        images.add(linked("\"album\":" + album + ",\"tags\":[\"dog\",\"cat\"]").data());
        images.add(linked("\"album\":\"Ferien\",\"tags\":\"dog,cat\"").data());

        assertThat(get("/api/albums/" + album).get("images").asInt()).isEqualTo(images.size());
        for (JsonNode image : images) {
            JsonNode details = get("/api/images/" + image.get("id"));
            assertThat(texts(details.get("tags"))).containsExactly("cat", "dog");
            assertThat(texts(details.get("albums"))).containsExactly(String.valueOf(album));
        }
    }

    private Answer linked(String fields) throws Exception {
        String picture = Base64.getEncoder().encodeToString(Pictures.uniquePng());
        return post("/api/upload/url", "{\"url\":\"data:image/png;base64," + picture + "\"," + fields + "}");
    }

    @Test
    void anUploadOfWhatIsThereFilesTheImage() throws Exception {
        byte[] picture = Pictures.uniquePng();
        JsonNode image = client().put("a.png?tags=old", picture, bearer()).data();
        long album = addAlbum("a");

        for (int i = 0; i < 2; i++) {
            Answer again =
                    client().put("a.png?album=a&tags=new", picture, bearer()).isSuccess("图片已存在，返回已有链接");
            assertThat(again.data().get("id")).isEqualTo(image.get("id"));
            JsonNode details = get("/api/images/" + image.get("id"));
            assertThat(texts(details.get("tags"))).containsExactly("new", "old");
            assertThat(texts(details.get("albums"))).containsExactly(String.valueOf(album));
        }
        assertThat(get("/api/albums/" + album).get("images").asInt()).isOne();
    }

    @Test
    void anUploadToAnAlbumThatIsNotThereStoresNothing() throws Exception {
        Owner other = accounts.add(Role.USER);
        String others = post("/api/albums", "{\"name\":\"hers\"}", accounts.token(other.id()))
                .json()
                .at("/data/id")
                .asString();
        for (String album : List.of(others, "hers", String.valueOf(NOBODYS), "nothing")) {
            Multipart form =
                    new Multipart().file("image", "a.png", Pictures.uniquePng()).text("album", album);
            Multipart files = new Multipart()
                    .file("images", "a.png", Pictures.uniquePng())
                    .text("album", album);
            client().post("/api/upload", form, bearer()).isError(404, "album_not_found");
            client().put("a.png?album=" + album, Pictures.uniquePng(), bearer()).isError(404, "album_not_found");
            client().post("/api/upload/multiple", files, bearer()).isError(404, "album_not_found");
            linked("\"album\":\"" + album + "\"").isError(404, "album_not_found");
        }

        assertThat(get("/api/images").at("/pagination/totalItems").asLong()).isZero();
    }

    @Test
    void tagsThatAreNotLegalStoreNothing() throws Exception {
        String tooMany = "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u";
        for (String tags : List.of(tooMany, "x".repeat(101), "a%00b", "a%0Ab%07")) {
            client().put("a.png?tags=" + tags, Pictures.uniquePng(), bearer()).isError(400, "invalid_parameter");
        }
        linked("\"tags\":[\"a,b\"]").isError(400, "invalid_parameter");
        linked("\"tags\":[7]").isError(400, "invalid_parameter");
        linked("\"tags\":{}").isError(400, "invalid_parameter");

        assertThat(get("/api/images").at("/pagination/totalItems").asLong()).isZero();
    }

    @Test
    void aDuplicateWithTooManyTagsStaysAsItIs() throws Exception {
        byte[] picture = Pictures.uniquePng();
        JsonNode image = client().put("a.png?tags=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t", picture, bearer())
                .data();

        client().put("a.png?tags=a,u", picture, bearer()).isError(409, "too_many_tags");
        client().put("a.png?tags=a,t", picture, bearer()).isSuccess("图片已存在，返回已有链接");

        assertThat(get("/api/images/" + image.get("id")).get("tags")).hasSize(20);
    }

    // ---- tags

    @Test
    void tagsOfAnImageAreSet() throws Exception {
        JsonNode image = upload("?tags=old");
        String path = "/api/images/" + image.get("id");

        JsonNode changed = patch(path, "{\"tags\":[\"Dog\",\"cat\",\"DOG\"]}")
                .isSuccess("操作成功")
                .data();

        assertThat(texts(changed.get("tags"))).containsExactly("cat", "dog");
        assertThat(changed.get("visibility").asString()).isEqualTo("public");
        assertThat(get(path).get("tags")).isEqualTo(changed.get("tags"));
        JsonNode both = patch(path, "{\"tags\":[],\"visibility\":\"private\"}").data();
        assertThat(both.get("tags")).isEmpty();
        assertThat(both.get("visibility").asString()).isEqualTo("private");
        for (String illegal : List.of("7", "\"cat\"", "[7]", "[\"a,b\"]", "[\"\"]", "null")) {
            patch(path, "{\"tags\":" + illegal + "}").isError(400, "invalid_parameter");
        }
        patch("/api/images/" + NOBODYS, "{\"tags\":[\"a\"]}").isError(404, "image_not_found");
    }

    @Test
    void imagesGetTagsAndLoseOthersWhateverElseTheyHave() throws Exception {
        JsonNode one = upload("?tags=old,kept").get("id");
        JsonNode other = upload("?tags=b").get("id");
        String both = "{\"ids\":[" + one + "," + other + "," + NOBODYS + "]";

        JsonNode changed = patch("/api/images", both + ",\"addTags\":[\"New\",\"b\"],\"removeTags\":[\"old\",\"x\"]}")
                .isSuccess("成功修改2张图片")
                .data();

        assertThat(changed.get("changedCount").asInt()).isEqualTo(2);
        assertThat(changed.get("notFound").toString()).isEqualTo("[" + NOBODYS + "]");
        assertThat(texts(get("/api/images/" + one).get("tags"))).containsExactly("b", "kept", "new");
        assertThat(texts(get("/api/images/" + other).get("tags"))).containsExactly("b", "new");

        patch("/api/images", both + ",\"removeTags\":[\"b\"],\"visibility\":\"private\"}")
                .isSuccess("成功修改2张图片");
        JsonNode again = patch("/api/images/" + one, "{\"addTags\":[\"c\"]}").data();
        assertThat(texts(again.get("tags"))).containsExactly("c", "kept", "new");
        assertThat(again.get("visibility").asString()).isEqualTo("private");
        patch("/api/images", both + ",\"tags\":[\"only\"]}").isSuccess("成功修改2张图片");
        assertThat(get("/api/tags").get("tags").toString()).isEqualTo("[{\"tag\":\"only\",\"images\":2}]");
    }

    @Test
    void changesOfTagsThatAreNotLegalChangeNothing() throws Exception {
        JsonNode full = upload("?tags=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t").get("id");
        JsonNode empty = upload().get("id");
        String both = "{\"ids\":[" + full + "," + empty + "],\"visibility\":\"private\"";

        for (String illegal : List.of(
                "\"addTags\":\"a\"",
                "\"addTags\":[\"a,b\"]",
                "\"removeTags\":null",
                "\"tags\":[],\"addTags\":[\"a\"]",
                "\"addTags\":[\"Cat\"],\"removeTags\":[\"cat\"]")) {
            patch("/api/images", both + "," + illegal + "}").isError(400, "invalid_parameter");
            patch("/api/images/" + empty, "{" + illegal + "}").isError(400, "invalid_parameter");
        }
        patch("/api/images", both + ",\"addTags\":[\"u\"]}").isError(409, "too_many_tags");
        patch("/api/images", "{\"ids\":[" + NOBODYS + "],\"addTags\":[\"u\"]}").isError(404, "image_not_found");

        assertThat(texts(get("/api/images/" + empty).get("tags"))).isEmpty();
        assertThat(get("/api/images/" + empty).get("visibility").asString()).isEqualTo("public");
        patch("/api/images", both + ",\"addTags\":[\"u\"],\"removeTags\":[\"a\"]}")
                .isSuccess("成功修改2张图片");
    }

    @Test
    void tagsAreListedWithTheirNumbers() throws Exception {
        upload("?tags=cat,dog");
        upload("?tags=CAT,bird");

        assertThat(get("/api/tags").get("tags").toString())
                .isEqualTo(
                        "[{\"tag\":\"bird\",\"images\":1},{\"tag\":\"cat\",\"images\":2},{\"tag\":\"dog\",\"images\":1}]");
        assertThat(get("/api/tags?limit=1&after=Bird").get("tags").toString())
                .isEqualTo("[{\"tag\":\"cat\",\"images\":2}]");
        for (String illegal : List.of("limit=0", "limit=1001", "after=", "after=a,b")) {
            send("GET", "/api/tags?" + illegal, "").isError(400, "invalid_parameter");
        }
    }

    // ---- lists

    @Test
    void listsAreFilteredByAlbumTagAndVisibility() throws Exception {
        long album = addAlbum("Ferien");
        JsonNode both = upload("?album=ferien&tags=cat").get("id");
        JsonNode inAlbum = upload("?album=ferien&visibility=private").get("id");
        JsonNode tagged = upload("?tags=cat").get("id");
        JsonNode nothing = upload().get("id");

        assertThat(list("album=" + album)).containsExactly(inAlbum, both);
        assertThat(list("album=Ferien&sortBy=id&sortOrder=asc")).containsExactly(both, inAlbum);
        assertThat(list("tag=CAT")).containsExactly(tagged, both);
        assertThat(list("album=ferien&tag=cat")).containsExactly(both);
        assertThat(list("visibility=private")).containsExactly(inAlbum);
        assertThat(list("visibility=public&mimeType=image/png")).containsExactly(nothing, tagged, both);
        assertThat(list("tag=nothing")).isEmpty();
        for (String illegal : List.of("visibility=x", "tag=", "tag=a,b")) {
            send("GET", "/api/images?" + illegal, "").isError(400, "invalid_parameter");
        }
        for (String unknown : List.of("album=", "album=nothing", "album=" + NOBODYS)) {
            send("GET", "/api/images?" + unknown, "").isError(404, "album_not_found");
        }
    }

    private List<JsonNode> list(String filter) throws Exception {
        return StreamSupport.stream(get("/api/images?" + filter).get("images").spliterator(), false)
                .map(image -> image.get("id"))
                .toList();
    }

    @Test
    void otherOwnersImagesGetNowhere() throws Exception {
        JsonNode hers = upload();
        Owner bob = accounts.add(Role.USER);
        String his = accounts.token(bob.id());
        long album = post("/api/albums", "{\"name\":\"his\"}", his)
                .json()
                .at("/data/id")
                .asLong();

        JsonNode put = send("PUT", "/api/albums/" + album + "/images", "{\"ids\":[" + hers.get("id") + "]}", his)
                .data();

        assertThat(put.get("count").asInt()).isZero();
        assertThat(put.get("notFound").get(0)).isEqualTo(hers.get("id"));
        send("PATCH", "/api/images/" + hers.get("id"), "{\"tags\":[\"his\"]}", his)
                .isError(404, "image_not_found");
        assertThat(send("GET", "/api/tags", "", his).data().get("tags")).isEmpty();
        assertThat(get("/api/images/" + hers.get("id")).get("albums")).isEmpty();
    }

    // ---- helpers

    private JsonNode upload() throws Exception {
        return upload("");
    }

    private JsonNode upload(String parameters) throws Exception {
        return client().put("a.png" + parameters, Pictures.uniquePng(), bearer())
                .isSuccess("上传成功")
                .data();
    }

    private long addAlbum(String name) throws Exception {
        return post("/api/albums", "{\"name\":\"" + name + "\"}")
                .json()
                .at("/data/id")
                .asLong();
    }

    private List<JsonNode> ids(String album) throws Exception {
        return StreamSupport.stream(get(album + "/images").get("images").spliterator(), false)
                .map(image -> image.get("id"))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private JsonNode get(String path) throws Exception {
        return send("GET", path, "").isSuccess("操作成功").data();
    }

    private Answer post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private Answer post(String path, String body, String sender) throws Exception {
        return send("POST", path, body, sender);
    }

    private Answer put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    private Answer patch(String path, String body) throws Exception {
        return send("PATCH", path, body);
    }

    private Answer send(String method, String path, String body) throws Exception {
        return send(method, path, body, token);
    }

    private Answer send(String method, String path, String body, String sender) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + sender);
    }

    private String[] bearer() {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
