package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pictures that were adopted, whose links have names that the service would not give. */
class AdoptedNamesTest extends ServiceTest {

    private OwnerId owner;
    private Client alice;

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "MAX_FILE_SIZE", "100000", "METADATA_CACHE", "0s");
    }

    @BeforeEach
    void addOwner() {
        Accounts accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
        alice = client().with("X-API-Key", accounts.token(owner));
    }

    private void adopt(String filename, byte[] picture) {
        ObjectKey key = new ObjectKey("adopted-" + UUID.randomUUID());
        service().part(ImageStore.class).put(key, TestContent.of(picture));
        ImageDescriptor content = new ImageDescriptor(
                TestContent.digestOf(picture), picture.length, ImageType.PNG, Pictures.WIDTH, Pictures.HEIGHT);
        Adoption adoption = service()
                .part(AdministrableRepository.class)
                .adopt(new AdoptionRequest(
                        owner,
                        Optional.empty(),
                        content,
                        key,
                        filename,
                        "cat.png",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Sharing.UNLIMITED));
        assertThat(adoption).isInstanceOf(Adoption.Adopted.class);
    }

    private JsonNode uploadAgain(String path, String field, byte[] picture) throws Exception {
        Answer answer = alice.post(path, new Multipart().file(field, "again.png", picture));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aNameWithoutADotIsToldInEveryProtocol() throws Exception {
        byte[] picture = Pictures.uniquePng();
        adopt("cat", picture);
        String url = "http://images.test/i/cat";

        JsonNode lsky = uploadAgain("/api/v1/upload", "file", picture);
        assertThat(lsky.at("/data/links/url").asString()).isEqualTo(url);
        assertThat(lsky.at("/data/key").asString()).isEqualTo("cat");
        assertThat(lsky.at("/data/extension").asString()).isEmpty();

        JsonNode picgo = uploadAgain("/upload", "file", picture);
        assertThat(picgo.at("/result/0").asString()).isEqualTo(url);
        assertThat(picgo.at("/fullResult/0/extname").asString()).isEmpty();

        JsonNode easyimages = uploadAgain("/api/index.php", "image", picture);
        assertThat(easyimages.get("url").asString()).isEqualTo(url);

        JsonNode chevereto = uploadAgain("/api/1/upload", "source", picture);
        assertThat(chevereto.at("/image/url").asString()).isEqualTo(url);
        assertThat(chevereto.at("/image/name").asString()).isEqualTo("cat");
        assertThat(chevereto.at("/image/extension").asString()).isEmpty();
    }

    @Test
    void namesThatDifferInTheirEndsHaveKeysOfTheirOwn() throws Exception {
        adopt("a.png", Pictures.uniquePng());
        adopt("a.jpg", Pictures.uniquePng());
        adopt("a.png.png", Pictures.uniquePng());
        adopt("a", Pictures.uniquePng());
        assertThat(keys()).containsExactlyInAnyOrder("a.png", "a.jpg", "a.png.png", "a");

        for (String key : List.of("a", "a", "a.png", "a.png")) {
            alice.delete("/api/v1/images/" + key).data();
            assertThat(keys()).doesNotContain(key).contains("a.jpg", "a.png.png");
        }
    }

    private List<String> keys() throws Exception {
        List<String> keys = new ArrayList<>();
        alice.get("/api/v1/images")
                .data()
                .get("data")
                .forEach(image -> keys.add(image.get("key").asString()));
        return keys;
    }
}
