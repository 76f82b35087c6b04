package io.github.imagehost.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FindAndDeleteTest extends ServiceTest {

    private static final String BEYOND_ANY_ID = "9223372036854775807";

    @Test
    void anImageIsFoundAsItWasUploaded() throws Exception {
        JsonNode uploaded = client().upload("cat.png", Pictures.uniquePng()).data();

        JsonNode found = client().get("/api/images/" + uploaded.get("id").asLong())
                .isSuccess("操作成功")
                .data();

        for (String property : List.of(
                "id",
                "url",
                "filename",
                "originalName",
                "fileSize",
                "uploadTime",
                "mimeType",
                "fileHash",
                "width",
                "height")) {
            assertThat(found.get(property)).as(property).isEqualTo(uploaded.get(property));
        }
        assertThat(found.get("updatedAt")).isEqualTo(uploaded.get("uploadTime"));
    }

    @Test
    void anImageThatDoesNotExistIsNotFound() throws Exception {
        assertThat(client().get("/api/images/" + BEYOND_ANY_ID)
                        .isError(404, "image_not_found")
                        .message())
                .isEqualTo("图片不存在");
        client().get("/api/images/99999999999999999999").isError(404, "image_not_found");
        client().delete("/api/images/" + BEYOND_ANY_ID).isError(404, "image_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26abc", "0", "-1", "1.5", "abc", "1e3", "%201", "+1", "0x1", "%D9%A1"})
    void anIdThatIsNoWholeNumberFromOneIsRefused(String id) throws Exception {
        client().get("/api/images/" + id).isError(400, "invalid_id");
        client().delete("/api/images/" + id).isError(400, "invalid_id");
    }

    @Test
    void aDeletedImageIsGoneEverywhere() throws Exception {
        JsonNode image = client().upload("cat.png", Pictures.uniquePng()).data();
        String path = "/api/images/" + image.get("id").asLong();

        Answer answer = client().delete(path).isSuccess("删除成功");

        assertThat(answer.json().get("data").isNull()).isTrue();
        client().get(path).isError(404, "image_not_found");
        client().delete(path).isError(404, "image_not_found");
        client().get(Client.pathOf(image.get("url").asString())).isError(404, "image_not_found");
        assertThat(objects()).noneMatch(key -> key.equals(image.get("filename").asString()));
    }

    @Test
    void aDeletedPictureCanBeUploadedAgainUnderANewLink() throws Exception {
        byte[] picture = Pictures.uniquePng();
        JsonNode first = client().upload("cat.png", picture).data();
        client().delete("/api/images/" + first.get("id").asLong()).isSuccess("删除成功");

        JsonNode second = client().upload("cat.png", picture).isSuccess("上传成功").data();

        assertThat(second.get("duplicate").asBoolean()).isFalse();
        assertThat(second.get("id")).isNotEqualTo(first.get("id"));
        assertThat(second.get("url")).isNotEqualTo(first.get("url"));
        assertThat(client().get(Client.pathOf(second.get("url").asString())).bytes())
                .isEqualTo(picture);
    }

    @Test
    void severalImagesAreDeletedAtOnceAndTheUnknownAreNamed() throws Exception {
        long first = upload();
        long second = upload();

        Answer answer = client().deleteJson(
                        "/api/images",
                        "{\"ids\":[%d,%d,%d,%s,%s]}".formatted(first, second, first, BEYOND_ANY_ID, BEYOND_ANY_ID))
                .isSuccess("成功删除2张图片");

        assertThat(Answer.names(answer.data())).containsExactly("deletedCount", "notFound");
        assertThat(answer.data().get("deletedCount").asInt()).isEqualTo(2);
        assertThat(answer.data().get("notFound")).hasSize(1);
        assertThat(answer.data().at("/notFound/0").asString()).isEqualTo(BEYOND_ANY_ID);
        client().get("/api/images/" + first).isError(404, "image_not_found");
    }

    @Test
    void whenNoneOfTheImagesExistsNothingIsFound() throws Exception {
        assertThat(client().deleteJson("/api/images", "{\"ids\":[" + BEYOND_ANY_ID + "]}")
                        .isError(404, "images_not_found")
                        .message())
                .isEqualTo("没有找到要删除的图片");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"ids\":[]}",
                "{\"ids\":1}",
                "{\"ids\":\"1\"}",
                "{\"ids\":null}",
                "[1]",
                "{\"ids\":[1",
                "not json",
                "{\"ids\":{}}",
                "null",
                "{\"ids\":[1]} {"
            })
    void withoutAnArrayOfIdsTheRequestIsRefused(String body) throws Exception {
        assertThat(client().deleteJson("/api/images", body)
                        .isError(400, "ids_required")
                        .message())
                .isEqualTo("请提供要删除的图片ID数组");
    }

    @Test
    void moreThanAHundredIdsAreRefused() throws Exception {
        long id = upload();
        String ids = LongStream.rangeClosed(1, 101).mapToObj(Long::toString).collect(Collectors.joining(","));

        assertThat(client().deleteJson("/api/images", "{\"ids\":[" + ids + "]}")
                        .isError(400, "too_many_ids")
                        .message())
                .isEqualTo("单次最多删除100张图片");
        client().get("/api/images/" + id).isSuccess("操作成功");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"31abc\"", "\"1\"", "0", "-1", "1.5", "1.0", "null", "true", "{}", "[1]"})
    void anElementThatIsNoIdIsRefusedAndNothingIsDeleted(String element) throws Exception {
        long id = upload();

        client().deleteJson("/api/images", "{\"ids\":[" + id + "," + element + "]}")
                .isError(400, "invalid_id");

        client().get("/api/images/" + id).isSuccess("操作成功");
    }

    @Test
    void anEndlessBodyIsRefused() throws Exception {
        client().deleteJson("/api/images", "{\"ids\":[" + " ".repeat(100_000) + "1]}")
                .isError(413, "request_too_large");
    }

    @Test
    void ofManyDeletionsOfOneImageExactlyOneSucceeds() throws Exception {
        long id = upload();

        List<Integer> statuses =
                Concurrently.run(10, () -> client().delete("/api/images/" + id).status());

        assertThat(Collections.frequency(statuses, 200)).isOne();
        assertThat(Collections.frequency(statuses, 404)).isEqualTo(9);
    }

    private long upload() throws Exception {
        return client().upload("cat.png", Pictures.uniquePng()).data().get("id").asLong();
    }

    private List<String> objects() {
        return service().part(ImageStore.class).list(Optional.empty(), ObjectLister.MAX_LIMIT).stream()
                .map(object -> object.key().value())
                .toList();
    }
}
