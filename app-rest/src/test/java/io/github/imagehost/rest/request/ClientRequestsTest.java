package io.github.imagehost.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Multipart requests as clients make them, which were written for many kinds of hosts. */
class ClientRequestsTest extends ServiceTest {

    private static final int MAX_FILE_SIZE = 1_000_000;
    private static final Charset GBK = Charset.forName("GBK");

    @Override
    protected Map<String, String> settings() {
        return Map.of("MAX_FILE_SIZE", String.valueOf(MAX_FILE_SIZE));
    }

    /** What a client sends before its picture, and behind it. */
    record Recorded(String client, String head, String tail, String name) {

        @Override
        public String toString() {
            return client;
        }
    }

    static Stream<Recorded> recordedRequests() {
        return Stream.of(
                new Recorded("PicGo's lsky-uploader: form-data of Node.js", """
                        POST /api/upload HTTP/1.1
                        Accept: application/json
                        User-Agent: PicGo
                        Connection: close
                        Authorization: Bearer 1|abc
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="图片 测试.png"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="ssl"

                        true
                        ----------------------------412381095361234567890123--
                        """, "图片 测试.png"),
                new Recorded("PicGo's server protocol: a whole path as name, octet-stream", """
                        POST /api/upload HTTP/1.1
                        Host: 127.0.0.1
                        Content-Type: multipart/form-data; boundary=----obsidian
                        Content-Length: LENGTH
                        Connection: close

                        ------obsidian
                        Content-Disposition: form-data; name="files"; filename="C:\\Users\\me\\vault\\shot.png"
                        Content-Type: application/octet-stream

                        """, """

                        ------obsidian--
                        """, "shot.png"),
                new Recorded("Chevereto as ShareX sends it: fields before source", """
                        POST /api/upload HTTP/1.1
                        Content-Type: multipart/form-data; boundary=--------------------8dc5a0f3b7c1e2d
                        User-Agent: ShareX/15.0.0
                        Host: 127.0.0.1
                        Content-Length: LENGTH
                        Connection: close

                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="key"

                        k
                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="format"

                        json
                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="source"; filename="screen.png"
                        Content-Type: image/png

                        """, """

                        ----------------------8dc5a0f3b7c1e2d--
                        """, "screen.png"),
                new Recorded("smms: axios", """
                        POST /api/upload HTTP/1.1
                        Host: 127.0.0.1
                        Content-Type: multipart/form-data; boundary=axios-1.7.9-boundary-x
                        Content-Length: LENGTH
                        Connection: close

                        --axios-1.7.9-boundary-x
                        Content-Disposition: form-data; name="smfile"; filename="a.png"
                        Content-Type: image/png

                        """, """

                        --axios-1.7.9-boundary-x--

                        """, "a.png"),
                new Recorded("OkHttp: binary, and the length of the part", """
                        POST /api/upload HTTP/1.1
                        Content-Type: multipart/form-data; boundary=3a1c7c0e-5f0b-4c7f-8a44-7d4b1f0a9e11
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close
                        User-Agent: okhttp/3.12.0

                        --3a1c7c0e-5f0b-4c7f-8a44-7d4b1f0a9e11
                        Content-Disposition: form-data; name="gallery"
                        Content-Transfer-Encoding: binary
                        Content-Type: text/plain; charset=UTF-8

                        cats
                        --3a1c7c0e-5f0b-4c7f-8a44-7d4b1f0a9e11
                        Content-Disposition: form-data; name="image"; filename="IMG_1.png"
                        Content-Type: image/png
                        Content-Transfer-Encoding: binary

                        """, """

                        --3a1c7c0e-5f0b-4c7f-8a44-7d4b1f0a9e11--
                        """, "IMG_1.png"),
                new Recorded(".NET: no quotes, and both forms of the name", """
                        POST /api/upload HTTP/1.1
                        Host: 127.0.0.1
                        Content-Type: multipart/form-data; boundary="0b5e4a3c-1111"
                        Content-Length: LENGTH
                        Connection: close

                        --0b5e4a3c-1111
                        Content-Type: image/png
                        Content-Disposition: form-data; name=files; filename==?utf-8?B?5Zu+LnBuZw==?=; filename*=utf-8''%E5%9B%BE.png

                        """, """

                        --0b5e4a3c-1111--
                        """, "图.png"),
                new Recorded(
                        "a form without a file name: PHP's CURLOPT_POSTFIELDS with bytes in it",
                        """
                        POST /api/upload HTTP/1.1
                        Host: 127.0.0.1
                        Accept: */*
                        Content-Length: LENGTH
                        Connection: close
                        Content-Type: multipart/form-data; boundary=------------------------d74496d66958873e

                        --------------------------d74496d66958873e
                        Content-Disposition: form-data; name="image"

                        """,
                        """

                        --------------------------d74496d66958873e--
                        """,
                        "image.png"));
    }

    @ParameterizedTest
    @MethodSource("recordedRequests")
    void whatAClientSendsIsStored(Recorded request) throws Exception {
        byte[] picture = Pictures.uniquePng();

        String answer = RawRequest.send(service().port(), bytesOf(request, picture));

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("上传成功")
                .contains("\"originalName\":\"" + request.name + "\"")
                .contains(TestContent.digestOf(picture).hex());
    }

    private static byte[] bytesOf(Recorded request, byte[] picture) {
        String head = request.head.replace("\n", "\r\n");
        byte[] tail = request.tail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        int bodyStart = head.indexOf("\r\n\r\n") + 4;
        int length = head.substring(bodyStart).getBytes(StandardCharsets.UTF_8).length + picture.length + tail.length;
        byte[] start = head.replace("LENGTH", String.valueOf(length)).getBytes(StandardCharsets.UTF_8);
        return Bytes.concat(start, picture, tail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image",
                "images",
                "image[]",
                "images[]",
                "file",
                "file[]",
                "files",
                "files[]",
                "source",
                "smfile"
            })
    void theFilesFieldHasManyNames(String field) throws Exception {
        byte[] picture = Pictures.uniquePng();

        assertThat(client().post("/api/upload", new Multipart().file(field, "a.png", picture))
                        .isSuccess("上传成功")
                        .data()
                        .get("fileHash")
                        .asString())
                .isEqualTo(TestContent.digestOf(picture).hex());
        client().post("/api/upload/multiple", new Multipart().file(field, "a.png", Pictures.uniquePng()))
                .isSuccess("上传完成: 成功1个，失败0个");
    }

    @Test
    void whoBringsAnOldLskyTokenGetsTheCodeOfASuccessAtTheEnd() throws Exception {
        byte[] picture = Pictures.uniquePng();
        for (String message : new String[] {"上传成功", "图片已存在，返回已有链接"}) {
            Answer answer =
                    client().post("/api/upload", new Multipart().file("image", "a.png", picture), "token", "1|x");
            assertThat(Answer.names(answer.json())).containsExactly("success", "message", "data", "timestamp", "code");
            assertThat(answer.json().get("code").isInt()).isTrue();
            assertThat(answer.json().get("code").asInt()).isEqualTo(200);
            assertThat(answer.message()).isEqualTo(message);
        }
        client().post("/api/upload", new Multipart(), "token", "1|x").isError(400, "file_required");
        client().put("a.png", picture, "token", "1|x").isSuccess("图片已存在，返回已有链接");
        client().post("/api/upload", new Multipart().file("image", "a.png", picture), "X-API-Key", "1|x")
                .isSuccess("图片已存在，返回已有链接");
    }

    @ParameterizedTest
    @MethodSource("smallPictures")
    void aPartWithoutAFilenameIsAFileIfItIsAPicture(byte[] picture) throws Exception {
        Answer answer = client().post(
                        "/api/upload",
                        new Multipart()
                                .text("gallery", "cats")
                                .text("source", "https://example.com/a.png")
                                .part("form-data; name=\"file\"", picture)
                                .text("ssl", "true"));

        assertThat(answer.isSuccess("上传成功").data().get("fileHash").asString())
                .isEqualTo(TestContent.digestOf(picture).hex());
    }

    static Stream<byte[]> smallPictures() throws Exception {
        return Stream.of(
                Pictures.uniquePng(), Pictures.uniqueJpeg(), Pictures.uniqueGif(), Pictures.unique(ImageType.WEBP));
    }

    @Test
    void aPictureInAnotherFieldIsNoFile() throws Exception {
        client().post("/api/upload", new Multipart().part("form-data; name=avatar", Pictures.uniquePng()))
                .isError(400, "file_required");
        client().post(
                        "/api/upload",
                        new Multipart().text("image", "iVBORw0KGgo=").text("file", ""))
                .isError(400, "file_required");
    }

    @Test
    void severalFilesAreRefusedWhateverTheirFieldsAreCalled() throws Exception {
        client().post(
                        "/api/upload",
                        new Multipart()
                                .file("image", "a.png", Pictures.uniquePng())
                                .part("form-data; name=file", Pictures.uniquePng()))
                .isError(400, "too_many_files");
    }

    @Test
    void whoSendsNoFileLearnsWhatCameAndWhatIsExpected() throws Exception {
        Multipart request =
                new Multipart().file("photo", "a.png", Pictures.uniquePng()).text("image", "x");

        assertThat(client().post("/api/upload", request)
                        .isError(400, "file_required")
                        .message())
                .isEqualTo("请选择要上传的文件。收到的字段: photo, image；文件应在以下任一字段中，带文件名或直接为图片内容: "
                        + "image, images, image[], images[], file, file[], files, files[], source, smfile");
        assertThat(client().post("/api/upload", request, "Accept-Language", "en")
                        .message())
                .isEqualTo(
                        "Please choose a file to upload. The fields that came: photo, image; a file is expected in one"
                                + " of these, with a filename or as the bytes of a picture: "
                                + "image, images, image[], images[], file, file[], files, files[], source, smfile");
        assertThat(client().post("/api/upload", new Multipart()).message()).contains("收到的字段: 无；");
        assertThat(client().post("/api/upload", new Multipart(), "Accept-Language", "en")
                        .message())
                .contains("The fields that came: none;");
    }

    @Test
    void namesOfFieldsAreRepeatedOnlyAsFarAsTheyAreHarmless() throws Exception {
        Multipart request = new Multipart()
                .text("<img src=x onerror=alert(1)>", "x")
                .text("图片{0}'", "x")
                .text("x".repeat(5000), "x");
        for (int i = 0; i < 1000; i++) {
            request.text("field" + i, "x");
        }

        String message = client().post("/api/upload", request, "Accept-Language", "en")
                .isError(400, "file_required")
                .message();

        assertThat(message)
                .contains(": ?img?src?x?onerror?alert?1??, 图片?0??, " + "x".repeat(40) + "…, field0, ")
                .contains("field6, …;")
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "BASE64", " Base64 "})
    void base64IsDecoded(String encoding) throws Exception {
        byte[] picture = Pictures.jpegOfSize(100_001);

        Answer answer = client().post(
                        "/api/upload",
                        new Multipart()
                                .encoded(
                                        "form-data; name=\"image\"; filename=\"a.jpg\"",
                                        encoding,
                                        Base64.getMimeEncoder().encode(picture)));

        assertThat(answer.isSuccess("上传成功").data().get("fileHash").asString())
                .isEqualTo(TestContent.digestOf(picture).hex());
        assertThat(answer.data().get("fileSize").asInt()).isEqualTo(picture.length);
    }

    /** Padded or not, in lines of any length or one, and also where nothing but the content tells that it is a file. */
    @ParameterizedTest
    @ValueSource(ints = {5001, 5002, 5003, 16 * 1024 * 3 / 4, 2 * 16 * 1024 * 3 / 4, 2 * 16 * 1024 * 3 / 4 + 1})
    void base64IsDecodedHoweverItIsLaidOut(int size) throws Exception {
        byte[] picture = Pictures.jpegOfSize(size);
        byte[] oneLine = Base64.getEncoder().encode(picture);
        byte[] unpadded = Base64.getEncoder().withoutPadding().encode(picture);
        byte[] oddLines =
                Base64.getMimeEncoder(4 * 7, new byte[] {'\n', ' ', '\t'}).encode(picture);
        byte[] trailingLines = Bytes.concat(oneLine, "\r\n\r\n ".getBytes(StandardCharsets.US_ASCII));

        for (byte[] base64 : new byte[][] {oneLine, unpadded, oddLines, trailingLines}) {
            assertThat(client().post("/api/upload", new Multipart().encoded("form-data; name=image", "base64", base64))
                            .data()
                            .get("fileHash")
                            .asString())
                    .isEqualTo(TestContent.digestOf(picture).hex());
        }
    }

    @Test
    void theLimitIsForWhatIsDecoded() throws Exception {
        client().post("/api/upload", base64(Pictures.jpegOfSize(MAX_FILE_SIZE))).isSuccess("上传成功");
        client().post("/api/upload", base64(Pictures.jpegOfSize(MAX_FILE_SIZE + 1)))
                .isError(413, "file_too_large");
    }

    private static Multipart base64(byte[] picture) {
        return new Multipart()
                .encoded(
                        "form-data; name=image; filename=a.jpg",
                        "base64",
                        Base64.getMimeEncoder().encode(picture));
    }

    static Stream<Arguments> brokenBase64() throws Exception {
        byte[] picture = Pictures.jpegOfSize(50_001);
        String base64 = Base64.getEncoder().encodeToString(picture);
        return Stream.of(
                Arguments.of(
                        "a character that is none of it", base64.substring(0, 40_000) + "*" + base64.substring(40_001)),
                Arguments.of("the alphabet for addresses", base64.substring(0, 100) + "-_" + base64.substring(102)),
                Arguments.of("one character left over", base64.substring(0, 4001)),
                Arguments.of("something behind the padding", base64.substring(0, 16_382) + "==" + base64),
                Arguments.of("more padding than there can be", base64.substring(0, 4000) + "===="),
                Arguments.of("the bytes themselves", new String(picture, StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBase64")
    void brokenBase64IsToldSo(String what, String content) throws Exception {
        Multipart request = new Multipart()
                .encoded(
                        "form-data; name=image; filename=a.jpg",
                        "base64",
                        content.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(client().post("/api/upload", request, "Accept-Language", "en")
                        .isError(400, "malformed_base64")
                        .message())
                .isEqualTo("The file is announced as base64, but it is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-data; name=image; filename=a.jpg", "form-data; name=image"})
    void brokenBase64SpoilsNoOtherFile(String contentDisposition) throws Exception {
        Multipart request = new Multipart()
                .file("images", "first.png", Pictures.uniquePng())
                .encoded(contentDisposition, "base64", "*".repeat(100).getBytes(StandardCharsets.US_ASCII))
                .encoded(contentDisposition, "quoted-printable", Pictures.uniquePng())
                .file("images", "last.png", Pictures.uniquePng());

        JsonNode data = client().post("/api/upload/multiple", request)
                .isSuccess("上传完成: 成功2个，失败2个")
                .data();

        assertThat(data.get("failed").get(0).get("code").asString()).isEqualTo("malformed_base64");
        assertThat(data.get("failed").get(1).get("code").asString()).isEqualTo("invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "8bit", "binary", "BINARY", ""})
    void otherTransferEncodingsChangeNothing(String encoding) throws Exception {
        client().post(
                        "/api/upload",
                        new Multipart()
                                .encoded("form-data; name=image; filename=a.png", encoding, Pictures.uniquePng()))
                .isSuccess("上传成功");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quoted-printable", "gzip", "x-uuencode", "base64, binary"})
    void anUnknownTransferEncodingIsToldSo(String encoding) throws Exception {
        Multipart request =
                new Multipart().encoded("form-data; name=image; filename=a.png", encoding, Pictures.uniquePng());

        assertThat(client().post("/api/upload", request, "Accept-Language", "en")
                        .isError(400, "invalid_parameter")
                        .message())
                .contains("Content-Transfer-Encoding", "7bit, 8bit, binary or base64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // paths of Windows, as some clients send them, with backslashes that escape nothing
                "filename=\"C:\\photos\\neu\\cat.png\" | cat.png",
                "filename=\"C:\\\\photos\\\\cat.png\" | cat.png",
                "filename=\"\\\\server\\share\\cat.png\" | cat.png",
                "filename=C:\\photos\\cat.png | cat.png",
                // quotes, as curl before 7.81 and RFC 9110 write them, and as browsers and curl do
                "filename=\"a\\\"b.png\" | a\"b.png",
                "filename=\"a\\\\\\\"b.png\" | \"b.png",
                "filename=\"a%22b.png\" | a\"b.png",
                "filename=\"a%0D%0Ab.png\" | ab.png",
                "filename=\"100%25%20b.png\" | 100%25%20b.png",
                "filename=\"a;filename*=UTF-8''b.png\" | a;filename*=UTF-8''b.png",
                "filename=\"a.png\"; x; filename=\"b.png\" | a.png",
                "FileName = \"a.png\" ; x=y | a.png",
                "filename=\"a.png | a.png",
                // further character sets
                "filename*=GBK''%CD%BC%C6%AC.png | 图片.png",
                "filename*=gb2312'zh'%CD%BC%C6%AC.png; filename=x.png | 图片.png",
                "filename*=UTF-8''%B2%E2%CA%D4.png | 测试.png",
                "filename*=ISO-8859-1''caf%e9.png | café.png",
                "filename=x.png; filename*=Klingon''%CD%BC.png | x.png",
                "filename=x.png; filename*=UTF-8''%zz.png | x.png",
                "filename=\"=?UTF-8?B?5Zu+54mHLnBuZw==?=\" | 图片.png",
                "filename=\"=?GBK?Q?=CD=BC=C6=AC.png?=\" | 图片.png",
                "filename=\"=?Klingon?Q?=CD.png?=\" | image.png",
            })
    void aNameIsReadAsItIsMeant(String parameters, String expected) throws Exception {
        Answer answer = client().post(
                        "/api/upload",
                        new Multipart().part("form-data; name=image; " + parameters, Pictures.uniquePng()));

        assertThat(answer.data().get("originalName").asString()).isEqualTo(expected);
    }

    static Stream<Arguments> rawNames() {
        return Stream.of(
                Arguments.of("图片测试.png".getBytes(GBK), "图片测试.png"),
                // bytes that are a backslash and a vertical bar elsewhere
                Arguments.of("誠縗崀.png".getBytes(GBK), "誠縗崀.png"),
                Arguments.of("C:\\照片\\猫.png".getBytes(GBK), "猫.png"),
                Arguments.of("𠀀😀.png".getBytes(Charset.forName("GB18030")), "𠀀😀.png"),
                Arguments.of("图片测试.png".getBytes(StandardCharsets.UTF_8), "图片测试.png"),
                Arguments.of("café.png".getBytes(StandardCharsets.ISO_8859_1), "caf\ufffd.png"));
    }

    @ParameterizedTest
    @MethodSource("rawNames")
    void aNameThatIsNotInUtf8IsInGbk(byte[] name, String expected) throws Exception {
        byte[] start = "Content-Disposition: form-data; name=\"image\"; filename=\"".getBytes(StandardCharsets.UTF_8);
        byte[] end = "\"\r\nContent-Type: image/png".getBytes(StandardCharsets.UTF_8);

        Answer answer = client().post(
                        "/api/upload", new Multipart().part(Bytes.concat(start, name, end), Pictures.uniquePng()));

        assertThat(answer.data().get("originalName").asString()).isEqualTo(expected);
    }

    @Test
    void aBase64PartThatIsCutOffIsIncompleteNotBroken() throws Exception {
        Multipart request = base64(Pictures.jpegOfSize(50_000));

        client().send(
                        "POST",
                        "/api/upload",
                        HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOf(request.bytes(), 30_000)),
                        "Content-Type",
                        request.contentType())
                .isError(400, "body_incomplete");
    }
}
