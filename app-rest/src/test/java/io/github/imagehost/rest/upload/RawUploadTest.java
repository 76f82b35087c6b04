package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Uploads whose body is the picture, and the digests that they may announce. */
class RawUploadTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 1_000_000;

    @Override
    protected Map<String, String> settings() {
        return Map.of("MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE));
    }

    @Test
    void theBodyIsThePicture() throws Exception {
        byte[] picture = Pictures.uniquePng();

        Answer first = client().put("cat.png", picture);
        JsonNode image = first.isSuccess("上传成功").data();
        Answer second = client().put("dog.png", picture, "Content-Type", "text/html");
        Answer third = client().upload("bird.png", picture);

        assertThat(image.get("originalName").asString()).isEqualTo("cat.png");
        assertThat(image.get("fileHash").asString()).isEqualTo(digest(picture).hex());
        assertThat(client().get(Client.pathOf(image.get("url").asString())).bytes())
                .isEqualTo(picture);
        for (Answer duplicate : List.of(second, third)) {
            assertThat(duplicate.isSuccess("图片已存在，返回已有链接").data().get("url")).isEqualTo(image.get("url"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%E5%9B%BE%E7%89%87%E6%B5%8B%E8%AF%95.png,图片测试.png",
        "%F0%9F%98%80.png,😀.png",
        "a%3Bb%3Fc%23d%25e%26f.png,a;b?c#d%e&f.png",
        "a%20b+c.png,a b+c.png",
        "check,check",
        "multiple,multiple",
        // GBK, GB 18030 beyond it, and what is neither
        "%CD%BC%C6%AC%B2%E2%CA%D4.png,图片测试.png",
        "%B2%E2%CA%D4-a%20b.png,测试-a b.png",
        "%95%32%82%36.png,𠀀.png",
        "caf%e9.png,caf\ufffd.png",
        "%ff.png,\ufffd.png",
        // slashes in wrong UTF-8 are none
        "%c0%af..%c0%afb.png,蜡..蜡b.png",
        "%c0%ae%c0%ae%c0%afb.png,喇喇蜡b.png",
        "a.png;v=1,a.png",
    })
    void theNameIsThePathsLastPart(String encoded, String name) throws Exception {
        Answer answer = client().put(encoded, Pictures.uniquePng());

        assertThat(answer.data().get("originalName").asString()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb.png",
                "..%2Fb.png",
                "a%5Cb.png",
                "%00.png",
                "%ff%2fb.png",
                "%B2%E2%5Cb.png",
                "..",
                "%2e%2E",
                "..;a.png",
                "%2e"
            })
    void whatCanBeNoNameIsRefused(String name) throws Exception {
        client().put(name, Pictures.uniquePng()).isError(400, "bad_request");
    }

    @ParameterizedTest
    @CsvSource({"/api/upload/,404,not_found", "/api/upload/a/b.png,404,not_found", "/api/upload,405,method_not_allowed"
    })
    void withoutANameThereIsNothing(String path, int status, String code) throws Exception {
        client().send("PUT", path, HttpRequest.BodyPublishers.ofByteArray(Pictures.uniquePng()))
                .isError(status, code);
    }

    @Test
    void whatIsNoPictureIsRefused() throws Exception {
        client().put("a.png", new byte[0]).isError(400, "file_empty");
        client().put("a.png", Pictures.html()).isError(415, "unsupported_image");
        client().put("a.png", Arrays.copyOf(Pictures.uniquePng(), 100)).isError(422, "image_truncated");
    }

    @Test
    void aPartOfAPictureIsNoPicture() throws Exception {
        client().put("a.png", Pictures.uniquePng(), "Content-Range", "bytes 0-99/1000")
                .isError(400, "bad_request");
    }

    @Test
    void theLargestPictureIsStoredAndOneByteMoreIsRefused() throws Exception {
        byte[] tooLarge = Pictures.jpegOfSize(MAX_FILE_SIZE + 1);
        client().put("a.jpg", Pictures.jpegOfSize(MAX_FILE_SIZE)).isSuccess("上传成功");

        assertThat(client().put("a.jpg", tooLarge)
                        .isError(413, "file_too_large")
                        .message())
                .contains(String.valueOf(MAX_FILE_SIZE));
        client().send(
                        "PUT",
                        "/api/upload/a.jpg",
                        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)))
                .isError(413, "file_too_large");
    }

    @Test
    void aConnectionThatBreaksOffIsToldSoAndNothingIsStored() throws Exception {
        byte[] picture = Pictures.uniquePng();
        try (RawConnection connection = RawConnection.to(service().port())) {
            connection.head(
                    "PUT /api/upload/a.png HTTP/1.1", "Connection: close", "Content-Length: " + (picture.length + 1));

            assertThat(connection.send(picture).end().readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("body_incomplete");
        }
        try (RawConnection connection = RawConnection.to(service().port())) {
            connection.head("PUT /api/upload/a.png HTTP/1.1", "Connection: close", "Transfer-Encoding: chunked");
            byte[] chunk = Bytes.concat(ascii(Integer.toHexString(picture.length) + "\r\n"), picture, ascii("\r\n"));

            assertThat(connection.send(chunk).end().readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("body_incomplete");
        }
        client().put("a.png", picture).isSuccess("上传成功");
    }

    /** D is the digest of the picture, and O that of another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:D:",
                "  sha-256=:D:  ",
                "sha-512=:AAAA:, sha-256=:D:",
                "sha-256=:D:\t,\tmd5=::",
                "sha-256=:O:,sha-256=:D:",
                "sha-256=:D:;a;b=1.5;c=\"x, sha-256=:O:\\\"\"; d=:AA==:",
                "x=:AA==:;c=\", sha-256=:O:\",sha-256=:D:",
            })
    void aDigestIsFoundInADictionary(String header) throws Exception {
        byte[] picture = Pictures.uniquePng();
        byte[] other = Pictures.uniquePng();
        String template = header.replace("D", "<1>").replace("O", "<2>");

        client().put("a.png", picture, "Repr-Digest", filled(template, other, picture))
                .isError(400, "digest_mismatch");
        client().put("a.png", picture, "Repr-Digest", filled(template, picture, other))
                .isSuccess("上传成功");
    }

    @Test
    void aDigestMayBeSpreadOverSeveralLines() throws Exception {
        byte[] picture = Pictures.uniquePng();

        client().put(
                        "a.png",
                        picture,
                        "Repr-Digest",
                        "md5=:AA==:",
                        "Repr-Digest",
                        filled("sha-256=:<1>:", picture, picture))
                .isSuccess("上传成功");
        client().put(
                        "a.png",
                        picture,
                        "Repr-Digest",
                        "md5=:AA==:",
                        "Repr-Digest",
                        filled("sha-256=:<1>:", Pictures.uniquePng(), picture))
                .isError(400, "digest_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-512=:AAAA:", "md5=::, sha=:AAAA:;q=1", ""})
    void otherAlgorithmsDoNotCount(String header) throws Exception {
        client().put("a.png", Pictures.uniquePng(), "Repr-Digest", header).isSuccess("上传成功");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=D",
                "sha-256=:D",
                "sha-256=:AAAA:",
                "sha-256=::",
                "sha-256=:=D:",
                "sha-256=:D!:",
                "sha-256=\"D\"",
                "SHA-256=:D:",
                "sha-256=:D:,",
                ",",
                ",sha-256=:D:",
                "sha-256",
                "sha-256 =:D:",
                "sha-256=:D: sha-512=:AAAA:",
                "sha-256=:D:;",
                "sha-256=:D:;a=\"",
                "sha-512=:AAAA:, sha-256",
                "D",
            })
    void aMalformedDigestIsRefused(String header) throws Exception {
        byte[] picture = Pictures.uniquePng();

        Answer answer = client().put(
                        "a.png",
                        picture,
                        "Accept-Language",
                        "en",
                        "Repr-Digest",
                        filled(header.replace("D", "<1>"), picture, picture));

        assertThat(answer.isError(400, "invalid_parameter").message()).contains("Repr-Digest", "sha-256=:…:");
    }

    private static String filled(String template, byte[] first, byte[] second) throws IOException {
        return template.replace("<1>", base64(first)).replace("<2>", base64(second));
    }

    private static String base64(byte[] picture) throws IOException {
        return Base64.getEncoder().encodeToString(digest(picture).bytes());
    }

    private static Digest digest(byte[] picture) throws IOException {
        return Digest.ofAll(new ByteArrayInputStream(picture));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
