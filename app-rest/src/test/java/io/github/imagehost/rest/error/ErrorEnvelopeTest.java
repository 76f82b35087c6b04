package io.github.imagehost.rest.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorEnvelopeTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/api",
                "/api/",
                "/api/nope",
                "/api/images/1/2",
                "/api/images/",
                "/error",
                "/i/",
                "/i",
                "/v3/",
                "/docs/nope.js",
                "/favicon.ico",
                "/actuator"
            })
    void anUnknownPathIsNotFound(String path) throws Exception {
        assertThat(client().get(path).isError(404, "not_found").message()).isEqualTo("接口不存在");
    }

    /** Slashes and dots in wrong UTF-8, and what is no text at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%ff",
                "/docs/%c0%ae%c0%ae/application.properties",
                "/docs/%c0%ae%c0%ae%c0%afapplication.properties",
                "/docs/..%e0%80%afapplication.properties",
                "/docs%c0%afindex.html",
                "/api%c0%afimages",
            })
    void bytesThatAreNoTextLeadNowhere(String path) throws Exception {
        client().get(path).isError(404, "not_found");
    }

    @Test
    void aLinkThatIsNoTextLeadsToNoImage() throws Exception {
        client().get("/i/%ff.png").isError(404, "image_not_found");
        client().get("/i/a.png/%ff").isError(404, "image_not_found");
        client().get("/api/images/%ff").isError(400, "invalid_id");
    }

    @Test
    void everyMethodOnAnUnknownPathIsNotFound() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
            client().send(method, "/nope", HttpRequest.BodyPublishers.noBody()).isError(404, "not_found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/upload,POST",
        "PUT,/api/upload,POST",
        "GET,/api/upload/multiple,POST PUT",
        "POST,/api/upload/a.png,PUT",
        "POST,/api/images,GET PATCH DELETE HEAD",
        "PUT,/api/images/1,GET PATCH DELETE HEAD",
        "POST,/health,GET HEAD",
        "PUT,/api/images,GET PATCH DELETE HEAD",
        "POST,/i/a.png,GET HEAD"
    })
    void aWrongMethodIsAnsweredWithTheRightOnes(String method, String path, String allowed) throws Exception {
        Answer answer =
                client().send(method, path, HttpRequest.BodyPublishers.noBody()).isError(405, "method_not_allowed");

        assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(" "));
    }

    @Test
    void anUnheardOfMethodIsRefusedInTheEnvelope() throws Exception {
        client().send("BREW", "/api/images", HttpRequest.BodyPublishers.noBody())
                .isError(405, "method_not_allowed");
        client().send("TRACE", "/api/images", HttpRequest.BodyPublishers.noBody())
                .isError(405, "method_not_allowed");
    }

    @Test
    void theFormatIsTheSameWhateverAClientAccepts() throws Exception {
        client().get("/api/images", "Accept", "application/xml").isSuccess("操作成功");
        client().get("/nope", "Accept", "text/html").isError(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/images?search=<x> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/images HTTP/1.1\r\n\r\n",
                "GET /i/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /i/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /i/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /i/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
            })
    void aMalformedRequestIsRefusedInTheEnvelope(String request) throws Exception {
        String answer = RawRequest.send(service().port(), request);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"success\":false", "\"code\":\"bad_request\"");
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-type: application/json", "x-content-type-options: nosniff")
                .doesNotContain("tomcat", "<html", "exception");
    }

    @Test
    void aHeaderThatIsFarTooLargeIsRefusedInTheEnvelope() throws Exception {
        String answer = RawRequest.send(
                service().port(),
                "GET /api/images HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("\"success\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/images?page=%zz", "/api/images?search=%ff", "/api/images?limit=5%"})
    void aParameterThatCannotBeDecodedIsRefused(String path) throws Exception {
        String answer = RawRequest.send(
                service().port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_request\"");
    }

    @Test
    void moreParametersThanAnybodyNeedsAreRefused() throws Exception {
        client().get("/api/images?" + "x=1&".repeat(1100)).isError(400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"de,en,fr,es,it,pt,nl,sv,da,fi,pl,cs,sk,hu", "-", ";", "en;q=2", "x-y-z-0-1-2-3-4-5-6-7-8-9", "*"
            })
    void noLanguageIsRefused(String languages) throws Exception {
        assertThat(client().get("/api/images", "Accept-Language", languages).status())
                .isEqualTo(200);
        assertThat(client().get("/nope", "Accept-Language", languages).status()).isEqualTo(404);
        assertThat(client().get("/i/nobody.png", "Accept-Language", languages).status())
                .isEqualTo(404);
    }
}
