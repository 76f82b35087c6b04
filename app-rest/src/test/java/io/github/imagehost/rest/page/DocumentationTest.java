package io.github.imagehost.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class DocumentationTest extends ServiceTest {

    private static final Set<String> PAGES = Set.of("GET /", "GET /app", "GET /app/", "GET /app/service-worker.js");
    private static final Set<String> ABOUT_THE_API_ITSELF = Set.of("GET /v3/api-docs");

    @Test
    void thePageToTryTheApiHasAllThatItNeeds() throws Exception {
        Answer page = client().get("/docs/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        for (String resource :
                Set.of("webjars/swagger-ui/swagger-ui.css", "webjars/swagger-ui/swagger-ui-bundle.js", "try-it.js")) {
            assertThat(page.text()).contains(resource);
            assertThat(client().get("/docs/" + resource).status()).as(resource).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/try-it.js",
                "/docs/webjars/swagger-ui/swagger-ui.css",
                "/docs/webjars/swagger-ui/favicon-32x32.png",
                "/v3/api-docs"
            })
    void browsersAskWhetherAFileIsStillTheSame(String path) throws Exception {
        Answer file = client().get(path);
        String tag = file.header("ETag");

        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(tag).matches("W/\"[0-9a-f]{64}\"");
        // a build that can be repeated gives each file the same time, whatever is in it
        assertThat(file.header("Last-Modified")).isEmpty();

        for (String known : Set.of(tag, "\"another\", " + tag)) {
            Answer same = client().get(path, "If-None-Match", known);
            assertThat(same.status()).as(known).isEqualTo(304);
            assertThat(same.bytes()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(tag);
            assertThat(same.header("Cache-Control")).isEqualTo("no-cache");
        }
        assertThat(client().get(path, "If-None-Match", "\"another\"").bytes()).isEqualTo(file.bytes());

        Answer head = client().send("HEAD", path, BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(tag);
        assertThat(head.header("Content-Type")).isEqualTo(file.header("Content-Type"));
    }

    @Test
    void whatBrowsersCompareIsSentCompressedAsWell() throws Exception {
        Answer packed = client().get("/docs/webjars/swagger-ui/swagger-ui-bundle.js", "Accept-Encoding", "gzip");

        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("ETag")).startsWith("W/");
        client().get("/docs/nobody.js").isError(404, "not_found");
    }

    @Test
    void theDocumentDescribesExactlyTheRoutesThereAre() throws Exception {
        JsonNode document = client().get("/v3/api-docs").json();
        Set<String> described = new TreeSet<>();
        for (String path : Answer.names(document.get("paths"))) {
            for (String method : Answer.names(document.get("paths").get(path))) {
                described.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }

        Set<String> served = new TreeSet<>();
        service()
                .part(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));
        served.removeAll(ABOUT_THE_API_ITSELF);
        served.removeAll(PAGES);

        assertThat(served).isNotEmpty().isEqualTo(described);
    }

    @Test
    void theDocumentDescribesEveryErrorThereIs() throws Exception {
        String document = client().get("/v3/api-docs").text();

        Set<String> general = Set.of("not_found", "method_not_allowed", "bad_request", "internal_error");
        for (ApiError error : ApiError.values()) {
            if (!general.contains(error.code())) {
                assertThat(document).contains("`" + error.code() + "`");
            }
        }
    }

    @Test
    void theDocumentNamesEveryOrderOfAList() throws Exception {
        JsonNode parameters = client().get("/v3/api-docs").json().at("/paths/~1api~1images/get/parameters");
        List<String> named = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            if (parameter.get("name").asString().equals("sortBy")) {
                parameter.at("/schema/enum").forEach(order -> named.add(order.asString()));
            }
        }

        assertThat(named)
                .allSatisfy(order -> assertThat(SortField.parse(order)).isPresent())
                .containsAll(Arrays.stream(SortField.values())
                        .map(SortField::parameter)
                        .toList());
    }

    @Test
    void theDocumentNamesThePropertiesOfItsExamplesInOrder() throws Exception {
        JsonNode schemas = client().get("/v3/api-docs").json().at("/components/schemas");

        assertThat(Answer.names(schemas.at("/UploadedImage/properties")))
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
    }
}
