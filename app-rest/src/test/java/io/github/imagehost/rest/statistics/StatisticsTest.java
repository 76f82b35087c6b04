package io.github.imagehost.rest.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What owners and administrators learn of how much there is; a service of its own, since all of it is counted. */
class StatisticsTest extends ServiceTest {

    private Owner alice;
    private String token;
    private String others;

    @Override
    protected boolean needsNewService() {
        return true;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "SWEEP_INTERVAL", "1d");
    }

    @BeforeEach
    void addOwners() {
        Accounts accounts = new Accounts(service());
        alice = accounts.add(Role.USER);
        token = accounts.token(alice.id());
        others = accounts.token(accounts.add(Role.USER).id());
    }

    @Test
    void ownersLearnWhatTheyHaveAndNothingOfOthers() throws Exception {
        byte[] png = Pictures.uniquePng();
        byte[] jpeg = Pictures.jpeg(30, 20);
        upload(token, png, "public");
        upload(token, jpeg, "private");
        upload(others, Pictures.uniquePng(), "public");
        service().part(QuotaLedger.class).setQuota(alice.id(), new Quota(OptionalLong.of(50), OptionalLong.empty()));

        JsonNode before = statistics(token);

        long bytes = (long) png.length + jpeg.length;
        String month = YearMonth.now(ZoneOffset.UTC).toString();
        assertThat(Answer.names(before))
                .containsExactly("usage", "quota", "types", "visibilities", "months", "isEstimate");
        assertThat(before.get("usage")).hasToString("{\"images\":2,\"bytes\":" + bytes + "}");
        assertThat(before.get("quota")).hasToString("{\"images\":50,\"bytes\":null}");
        assertThat(before.get("types"))
                .hasToString("[{\"name\":\"image/jpeg\",\"images\":1,\"bytes\":" + jpeg.length
                        + "},{\"name\":\"image/png\",\"images\":1,\"bytes\":" + png.length + "}]");
        assertThat(before.get("visibilities"))
                .hasToString("[{\"name\":\"private\",\"images\":1,\"bytes\":" + jpeg.length
                        + "},{\"name\":\"public\",\"images\":1,\"bytes\":" + png.length + "}]");
        assertThat(before.get("months"))
                .hasToString("[{\"name\":\"" + month + "\",\"images\":2,\"bytes\":" + bytes + "}]");
        assertThat(before.get("isEstimate").asBoolean()).isFalse();

        upload(others, png, "public");
        upload(others, jpeg, "public");

        assertThat(statistics(token)).isEqualTo(before);
    }

    @Test
    void administratorsLearnHowMuchThereIsAndWhatIsSaved() throws Exception {
        byte[] picture = Pictures.uniquePng();
        upload(token, picture, "public");
        upload(others, picture, "public");
        String admin = new Accounts(service()).token(OwnerId.DEFAULT);

        JsonNode data = ofHost(admin);

        assertThat(Answer.names(data))
                .containsExactly("countedAt", "statistics", "savedBytes", "owners", "backlog", "health");
        assertThat(Instant.parse(data.get("countedAt").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        JsonNode statistics = data.get("statistics");
        assertThat(statistics.get("images").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(data.get("savedBytes").asLong())
                .isEqualTo(statistics.get("imageBytes").asLong()
                        - statistics.get("blobBytes").asLong())
                .isGreaterThanOrEqualTo(picture.length);
        assertThat(Answer.names(data.get("owners").get(0)))
                .containsExactly("id", "name", "role", "state", "createdAt", "usage", "quota");
        assertThat(data.get("backlog")).hasToString("{\"objects\":0,\"seconds\":0}");
        assertThat(data.get("health")).hasToString("{\"database\":\"UP\",\"service\":\"UP\",\"store\":\"UP\"}");

        upload(token, Pictures.uniquePng(), "public");

        // it is counted once in a while
        assertThat(ofHost(admin)).isEqualTo(data);
    }

    private JsonNode ofHost(String sender) throws Exception {
        return client().get("/api/admin/statistics", "Authorization", "Bearer " + sender)
                .isSuccess("操作成功")
                .data();
    }

    private JsonNode statistics(String sender) throws Exception {
        return client().get("/api/statistics", "Authorization", "Bearer " + sender)
                .isSuccess("操作成功")
                .data();
    }

    private void upload(String sender, byte[] picture, String visibility) throws Exception {
        Multipart form = new Multipart().text("visibility", visibility).file("image", "a", picture);
        client().post("/api/upload", form, "Authorization", "Bearer " + sender).isSuccess("上传成功");
    }
}
