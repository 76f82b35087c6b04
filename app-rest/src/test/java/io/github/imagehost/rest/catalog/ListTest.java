package io.github.imagehost.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListTest extends ServiceTest {

    private static final int IMAGES = 25;

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @BeforeAll
    void upload() throws Exception {
        for (int i = 0; i < IMAGES - 3; i++) {
            byte[] picture = i % 2 == 0 ? Pictures.uniquePng() : Pictures.uniqueJpeg();
            client().upload((i % 2 == 0 ? "Cat" : "dog") + i % 3 + ".png", picture)
                    .data();
        }
        client().upload("100%.png", Pictures.uniquePng()).data();
        client().upload("snake_case.png", Pictures.uniquePng()).data();
        client().upload("图片测试.png", Pictures.uniquePng()).data();
    }

    @Test
    void theFirstPageHasTwentyImagesNewestFirst() throws Exception {
        Answer answer = client().get("/api/images").isSuccess("操作成功");

        assertThat(Answer.names(answer.data())).containsExactly("images", "pagination");
        JsonNode images = answer.data().get("images");
        assertThat(images).hasSize(20);
        assertThat(Answer.names(images.get(0)))
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
                        "viewsLeft",
                        "tags",
                        "albums",
                        "deleteUrl");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(images.get(0).get("originalName").asString()).isEqualTo("图片测试.png");
        JsonNode pagination = answer.data().get("pagination");
        assertThat(Answer.names(pagination))
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
        assertThat(pagination.get("totalItems").asInt()).isEqualTo(IMAGES);
        assertThat(pagination.get("hasNext").asBoolean()).isTrue();
        assertThat(pagination.get("hasPrev").asBoolean()).isFalse();
        assertThat(pagination.get("nextCursor").isString()).isTrue();
        assertThat(pagination.get("totalIsEstimate").asBoolean()).isFalse();
    }

    @Test
    void theLastPageHasTheRest() throws Exception {
        JsonNode data = client().get("/api/images?page=2&limit=20").data();

        assertThat(data.get("images")).hasSize(5);
        assertThat(data.at("/pagination/hasNext").asBoolean()).isFalse();
        assertThat(data.at("/pagination/hasPrev").asBoolean()).isTrue();
        assertThat(data.at("/pagination/nextCursor").isNull()).isTrue();
    }

    @Test
    void behindTheLastPageThereIsNothing() throws Exception {
        JsonNode data = client().get("/api/images?page=999999999999&limit=100").data();

        assertThat(data.get("images")).isEmpty();
        assertThat(data.at("/pagination/totalItems").asInt()).isEqualTo(IMAGES);
        assertThat(data.at("/pagination/hasNext").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "filename",
                "original_name",
                "file_size",
                "mime_type",
                "upload_time",
                "updated_at",
                "originalName",
                "fileSize",
                "mimeType",
                "uploadTime",
                "updatedAt"
            })
    void pagesNeitherRepeatNorSkipInAnyOrder(String sortBy) throws Exception {
        for (String order : List.of("asc", "DESC", "Asc")) {
            String list = "/api/images?limit=4&sortBy=" + sortBy + "&sortOrder=" + order;
            List<Long> byPage = new ArrayList<>();
            for (int page = 1; page <= 7; page++) {
                byPage.addAll(ids(client().get(list + "&page=" + page).data()));
            }
            List<Long> byCursor = new ArrayList<>();
            JsonNode data = client().get(list).data();
            byCursor.addAll(ids(data));
            int page = 1;
            while (data.at("/pagination/hasNext").asBoolean()) {
                data = client().get("/api/images?limit=4&cursor="
                                + data.at("/pagination/nextCursor").asString())
                        .data();
                assertThat(data.at("/pagination/currentPage").asInt()).isEqualTo(++page);
                assertThat(data.at("/pagination/totalPages").asInt()).isEqualTo(7);
                byCursor.addAll(ids(data));
            }

            assertThat(byPage).hasSize(IMAGES).doesNotHaveDuplicates().isEqualTo(byCursor);
            assertThat(byPage).isEqualTo(sorted(sortBy, order));
        }
    }

    @Test
    void sortsByIdBothWays() throws Exception {
        assertThat(ids(client().get("/api/images?sortBy=id&sortOrder=asc&limit=100")
                        .data()))
                .isSorted();
        assertThat(ids(client().get("/api/images?sortBy=id&sortOrder=desc&limit=100")
                        .data()))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @ParameterizedTest
    @CsvSource({"cat,11", "CAT0,4", "%,1", "_,1", "片测,1", "nothing,0", ".png,25", "'',25", "' ',0"})
    void searchFindsItsTextAnywhereInTheName(String search, int found) throws Exception {
        String query = URLEncoder.encode(search, StandardCharsets.UTF_8);

        JsonNode data = client().get("/api/images?limit=100&search=" + query).data();

        assertThat(data.get("images")).hasSize(found);
        assertThat(data.at("/pagination/totalItems").asInt()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "mimeType=image/jpeg,11",
        "mimeType=image/png,14",
        "mimeType=image/gif,0",
        "minSize=1,25",
        "maxSize=1,0",
        "minSize=1&maxSize=99999999,25",
        "uploadedFrom=2020-01-01T00:00:00Z,25",
        "uploadedFrom=2020-01-01T00:00:00%2B01:00&uploadedBefore=2020-01-02T00:00:00Z,0",
        "uploadedBefore=9999-01-01T00:00:00Z,25",
        "filename=cat.png,0",
        "mimeType=image/png&search=dog,0",
    })
    void filtersAllHaveToHold(String query, int found) throws Exception {
        JsonNode data = client().get("/api/images?limit=100&" + query).data();

        assertThat(data.get("images")).hasSize(found);
        assertThat(data.at("/pagination/totalItems").asInt()).isEqualTo(found);
    }

    @Test
    void aFilterHoldsForThePagesThatACursorLeadsTo() throws Exception {
        String list = "/api/images?limit=8&mimeType=image/jpeg";
        JsonNode first = client().get(list).data();
        String cursor = first.at("/pagination/nextCursor").asString();

        JsonNode second = client().get(list + "&cursor=" + cursor).data();

        assertThat(first.get("images")).hasSize(8);
        assertThat(second.get("images")).hasSize(3);
        assertThat(second.at("/pagination/hasNext").asBoolean()).isFalse();
    }

    @Test
    void oneImageIsFoundByItsContentOrItsFilename() throws Exception {
        JsonNode image = client().get("/api/images?limit=1").data().at("/images/0");

        for (String filter : List.of(
                "fileHash=" + image.get("fileHash").asString(),
                "filename=" + image.get("filename").asString())) {
            assertThat(client().get("/api/images?" + filter).data().get("images"))
                    .containsExactly(image);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page=0,page",
        "page=-1,page",
        "page=abc,page",
        "page=1.5,page",
        "page=,page",
        "page=99999999999999999999,page",
        "limit=0,limit",
        "limit=101,limit",
        "limit=-1,limit",
        "limit=ten,limit",
        "sortBy=nope,sortBy",
        "sortBy=id;DROP,sortBy",
        "sortOrder=sideways,sortOrder",
        "sortOrder=,sortOrder",
        "mimeType=image/tiff,mimeType",
        "mimeType=,mimeType",
        "minSize=-1,minSize",
        "minSize=1k,minSize",
        "minSize=10&maxSize=9,maxSize",
        "uploadedFrom=yesterday,uploadedFrom",
        "uploadedFrom=2026-02-30T00:00:00Z,uploadedFrom",
        "uploadedFrom=1969-12-31T23:59:59Z,uploadedFrom",
        "uploadedBefore=9999-12-31T00:00:00Z,uploadedBefore",
        "uploadedFrom=2026-01-02T00:00:00Z&uploadedBefore=2026-01-02T00:00:00Z,uploadedBefore",
        "fileHash=abc,fileHash",
        "cursor=garbage,cursor",
        "cursor=,cursor"
    })
    void anIllegalParameterIsNamed(String query, String parameter) throws Exception {
        Answer answer = client().get("/api/images?" + query, "Accept-Language", "en");

        assertThat(answer.isError(400, "invalid_parameter").message())
                .contains(parameter)
                .contains("legal:");
    }

    @Test
    void aCursorDoesNotMixWithAnotherOrderOrAPage() throws Exception {
        String cursor = client().get("/api/images?limit=4")
                .data()
                .at("/pagination/nextCursor")
                .asString();

        client().get("/api/images?page=2&cursor=" + cursor).isError(400, "invalid_parameter");
        client().get("/api/images?sortBy=id&cursor=" + cursor).isError(400, "invalid_parameter");
        client().get("/api/images?sortOrder=asc&cursor=" + cursor).isError(400, "invalid_parameter");
        client().get("/api/images?sortBy=uploadTime&sortOrder=desc&limit=4&cursor=" + cursor)
                .isSuccess("操作成功");
    }

    @Test
    void listsAreCompressedForThoseWhoAsk() throws Exception {
        assertThat(client().get("/api/images?limit=100", "Accept-Encoding", "gzip")
                        .header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(client().get("/api/images?limit=100").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void listedImagesEqualThoseLookedUp() throws Exception {
        for (JsonNode image : client().get("/api/images?limit=100").data().get("images")) {
            assertThat(client().get("/api/images/" + image.get("id").asLong()).data())
                    .isEqualTo(image);
        }
        assertThat(Set.copyOf(ids(client().get("/api/images?limit=100").data())))
                .hasSize(IMAGES);
    }

    /** What the answer itself says of the images, in the order that was asked for. */
    private List<Long> sorted(String sortBy, String order) throws Exception {
        String property = CaseFormat.LOWER_UNDERSCORE.to(
                CaseFormat.LOWER_CAMEL, CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, sortBy));
        Comparator<JsonNode> byProperty = property.equals("id") || property.equals("fileSize")
                ? Comparator.comparingLong(image -> image.get(property).asLong())
                : Comparator.comparing(image -> image.get(property).asString().toLowerCase(Locale.ROOT));
        Comparator<JsonNode> ascending =
                byProperty.thenComparingLong(image -> image.get("id").asLong());
        List<JsonNode> images = new ArrayList<>();
        client().get("/api/images?limit=100").data().get("images").forEach(images::add);
        images.sort(order.equalsIgnoreCase("asc") ? ascending : ascending.reversed());
        return images.stream().map(image -> image.get("id").asLong()).toList();
    }

    private static List<Long> ids(JsonNode data) {
        List<Long> ids = new ArrayList<>();
        data.get("images").forEach(image -> ids.add(image.get("id").asLong()));
        return ids;
    }
}
