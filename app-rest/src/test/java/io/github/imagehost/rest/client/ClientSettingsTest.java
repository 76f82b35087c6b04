package io.github.imagehost.rest.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.client.UploadClient;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings that programs get from the service, and what programs do with them. */
class ClientSettingsTest extends ServiceTest {

    private static final String ADMIN_TOKEN = "imh_-some-token-that-is-legal-here-alone-";

    private static final Pattern JSON_PATH = Pattern.compile("\\{json:([\\w.]+)}");

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS",
                "token",
                "ADMIN_TOKEN",
                ADMIN_TOKEN,
                "PUBLIC_URL",
                "https://images.test/pictures",
                "RATE_LIMIT_MAX",
                "0");
    }

    @Test
    void everybodyLearnsWhichThereAre() throws Exception {
        Answer answer = client().get("/api/clients");

        answer.isSuccess("操作成功");
        assertThat(answer.data().get("clients"))
                .hasSize(UploadClient.values().length)
                .first()
                .satisfies(first -> {
                    assertThat(Answer.names(first)).containsExactly("name", "title", "filename");
                    assertThat(first.get("name").asString()).isEqualTo("sharex");
                });
    }

    @ParameterizedTest
    @EnumSource
    void eachIsAFileToSave(UploadClient client) throws Exception {
        Answer answer = client().get("/api/clients/" + client.label());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + client.fileName() + "\"");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text()).contains("https://images.test/pictures", "YOUR_TOKEN");
    }

    @Test
    void theTokenThatComesStandsInThem() throws Exception {
        String token = uploadToken();

        Answer answer = client().get("/api/clients/typora", "Authorization", "Bearer " + token);

        assertThat(answer.text()).contains("token='" + token + "'");
    }

    @Test
    void aTokenThatMightBeCodeDoesNot() throws Exception {
        Answer answer = client().get("/api/clients/typora", "Authorization", "Bearer " + ADMIN_TOKEN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("token='YOUR_TOKEN'");
    }

    private String uploadToken() {
        return new Accounts(service()).token(OwnerId.DEFAULT, Set.of(Scope.UPLOAD));
    }

    @Test
    void anotherNameIsAnErrorThatTellsWhichAreLegal() throws Exception {
        Answer answer = client().get("/api/clients/photoshop", "Accept-Language", "en");

        answer.isError(404, "client_not_found");
        assertThat(answer.message()).contains("sharex, picgo");
    }

    @Test
    void shareXUploadsByThemAndItsLinksWork() throws Exception {
        JsonNode sxcu = JsonMapper.shared()
                .readTree(client().get("/api/clients/sharex", "token", uploadToken())
                        .text());
        // only older versions know $ as a sign of their syntax
        assertThat(sxcu.get("Version").asString()).isEqualTo("15.0.0");
        assertThat(sxcu.get("DestinationType").asString()).isEqualTo("ImageUploader");
        assertThat(sxcu.get("Body").asString()).isEqualTo("MultipartFormData");
        String path = Client.pathOf(sxcu.get("RequestURL").asString()).replace("/pictures", "");
        String[] headers = sxcu.get("Headers").properties().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue().asString()))
                .toArray(String[]::new);
        String field = sxcu.get("FileFormName").asString();

        Answer refused = client().post(path, new Multipart().file(field, "a.txt", new byte[] {1, 2, 3}), headers);
        Answer uploaded = client().post(path, new Multipart().file(field, "a.png", Pictures.uniquePng()), headers);

        assertThat(refused.status()).isEqualTo(415);
        assertThat(evaluate(sxcu.get("ErrorMessage"), refused)).isNotEmpty();
        String picture = evaluate(sxcu.get("URL"), uploaded);
        String thumbnail = evaluate(sxcu.get("ThumbnailURL"), uploaded);
        String deletion = evaluate(sxcu.get("DeletionURL"), uploaded);
        assertThat(client().get(picture).status()).isEqualTo(200);
        assertThat(client().get(thumbnail).status()).isEqualTo(200);
        // ShareX opens it in a browser, and so do those who only look where links lead
        assertThat(client().get(deletion).status()).isEqualTo(200);
        assertThat(client().get(picture).status()).isEqualTo(200);
        client().send("POST", deletion, BodyPublishers.noBody());
        assertThat(client().get(picture).status()).isEqualTo(404);
    }

    /** As ShareX does; addresses lead to this service. */
    private static String evaluate(JsonNode syntax, Answer answer) {
        Matcher matcher = JSON_PATH.matcher(syntax.asString());
        assertThat(matcher.matches()).isTrue();
        String value = answer.json()
                .at("/" + matcher.group(1).replace('.', '/'))
                .asString()
                .replace("https://images.test/pictures", "");
        assertThat(value).isNotEmpty();
        return value;
    }
}
