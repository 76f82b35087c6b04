package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DigestCheckTest extends ServiceTest {

    @Test
    void whatIsKnownIsToldInOrder() throws Exception {
        byte[] cat = Pictures.uniquePng();
        byte[] dog = Pictures.uniqueJpeg();
        String bird = digest(Pictures.uniquePng());
        String fish = digest(Pictures.uniquePng());
        JsonNode catImage = client().upload("cat.png", cat).data();
        JsonNode dogImage = client().upload("dog.jpg", dog).data();

        Answer answer = check(fish, digest(dog), bird, digest(cat), digest(dog), fish);

        JsonNode data = answer.isSuccess("操作成功").data();
        assertThat(Answer.names(data)).containsExactly("known", "unknown");
        assertThat(data.get("unknown").values()).extracting(JsonNode::asString).containsExactly(fish, bird);
        assertThat(data.get("known")).hasSize(2);
        assertThat(data.at("/known/0").toString()).isEqualTo(asDuplicate(dogImage));
        assertThat(data.at("/known/1").toString()).isEqualTo(asDuplicate(catImage));
    }

    @Test
    void whatAnUploadWouldStoreIsUnknown() throws Exception {
        byte[] deleted = Pictures.uniquePng();
        byte[] missing = Pictures.uniquePng();
        byte[] others = Pictures.uniquePng();
        client().delete("/api/images/"
                + client().upload("a.png", deleted).data().get("id").asLong());
        client().upload("b.png", missing).isSuccess("上传成功");
        AdministrableRepository repository = service().part(AdministrableRepository.class);
        BlobEntry blob = repository
                .blobAt(service()
                        .part(ImageHost.class)
                        .find(OwnerId.DEFAULT, Digest.parse(digest(missing)))
                        .orElseThrow()
                        .objectKey())
                .orElseThrow();
        service().part(ImageStore.class).delete(List.of(blob.objectKey()));
        repository.markMissing(blob);
        service().part(ImageHost.class).upload(new OwnerId(2), "c.png", new ByteArrayInputStream(others));

        JsonNode data = check(digest(deleted), digest(missing), digest(others)).data();

        assertThat(data.get("known")).isEmpty();
        assertThat(data.get("unknown")).hasSize(3);
    }

    @Test
    void aThousandMayBeAskedForAndNotOneMore() throws Exception {
        byte[] picture = Pictures.uniquePng();
        client().upload("a.png", picture).isSuccess("上传成功");
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < 999; i++) {
            digests.add(String.format(Locale.ROOT, "%064x", i));
        }
        digests.add(digest(picture));

        JsonNode data = check(digests.toArray(String[]::new)).data();
        assertThat(data.get("known")).hasSize(1);
        assertThat(data.get("unknown")).hasSize(999);

        digests.add(digest(picture));
        assertThat(check(digests.toArray(String[]::new))
                        .isError(400, "too_many_digests")
                        .message())
                .contains("1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"digests\":[]}",
                "{\"digests\":null}",
                "{\"digests\":\"x\"}",
                "{\"ids\":[1]}"
            })
    void withoutDigestsThereIsNoAnswer(String body) throws Exception {
        client().postJson("/api/upload/check", body).isError(400, "digests_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"\"", "\"abc\"", "[]", "\"UPPER\"", "\"sha256:LOWER\"", "\"LOWER0\""})
    void anElementThatIsNoDigestIsNamed(String element) throws Exception {
        String digest = "0123456789abcdef".repeat(4);
        String bad = element.replace("UPPER", digest.toUpperCase(Locale.ROOT)).replace("LOWER", digest);

        Answer answer = client().postJson(
                        "/api/upload/check", "{\"digests\":[\"" + digest + "\"," + bad + "]}", "Accept-Language", "en");

        assertThat(answer.isError(400, "invalid_parameter").message()).contains("digests[1]", "64 lower-case");
    }

    @Test
    void anEndlessBodyIsRefused() throws Exception {
        client().postJson("/api/upload/check", "{\"digests\":[" + " ".repeat(300_000) + "]}")
                .isError(413, "request_too_large");
    }

    private Answer check(String... digests) throws Exception {
        String all = Arrays.stream(digests).map(digest -> "\"" + digest + "\"").collect(Collectors.joining(","));
        return client().postJson("/api/upload/check", "{\"digests\":[" + all + "]}");
    }

    private static String digest(byte[] picture) throws IOException {
        return Digest.ofAll(new ByteArrayInputStream(picture)).hex();
    }

    private static String asDuplicate(JsonNode uploaded) {
        return uploaded.toString().replace("\"duplicate\":false", "\"duplicate\":true");
    }
}
