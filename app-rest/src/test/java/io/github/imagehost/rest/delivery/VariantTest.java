package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Images in other sizes and formats. */
class VariantTest extends ServiceTest {

    private static final String KEY = "a-key-for-tests-only";

    private JsonNode image;
    private String path;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "IMAGE_ENGINE", "java",
                "TRANSFORM_KEY", KEY,
                "TRANSFORM_SIZES", "20,40",
                "TRANSFORM_PRESETS", "square=10x10-cover");
    }

    @BeforeEach
    void upload() throws Exception {
        JsonNode uploaded = client().upload("cat.jpeg", Pictures.jpeg(400, 200))
                .isSuccess("上传成功")
                .data();
        image = client().get("/api/images/" + uploaded.get("id")).data();
        path = Client.pathOf(image.get("url").asString());
    }

    @Test
    void anImageTellsWhereItsThumbnailIs() throws Exception {
        String thumbnail = Client.pathOf(image.get("thumbnailUrl").asString());

        Answer answer = client().get(thumbnail, "Accept", "image/webp,*/*");

        assertThat(thumbnail).isEqualTo(path + "/thumb");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/webp");
        assertThat(answer.header("Vary")).contains("Accept");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(answer.header("Content-Disposition")).contains("cat.webp");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.header("ETag"))
                .isEqualTo('"' + TestContent.digestOf(answer.bytes()).hex() + '"');
        assertThat(client().get(thumbnail, "Accept", "image/webp", "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(client().get(thumbnail, "Accept", "image/webp", "Range", "bytes=0-3")
                        .bytes())
                .containsExactly('R', 'I', 'F', 'F');
    }

    @ParameterizedTest
    @CsvSource({
        "/thumb, 320, 160",
        "/square, 10, 10",
        "?w=40, 40, 20",
        "?h=20, 40, 20",
        "?w=20&h=20&fit=cover, 20, 20",
        "?w=20&h=20&fit=inside, 20, 10",
        "?w=20&format=jpeg, 20, 10"
    })
    void hasTheSizeThatIsAskedFor(String what, int width, int height) throws Exception {
        Answer answer = client().get(path + what, "Accept", "*/*");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        BufferedImage picture = decode(answer);
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(width, height);
    }

    @Test
    void keepsTransparencyForClientsThatDoNotKnowWebp() throws Exception {
        JsonNode png = client().upload("a.png", Pictures.png(100, 100)).data();

        Answer answer = client().get(Client.pathOf(png.get("url").asString()) + "?w=20");

        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
    }

    @Test
    void otherSizesNeedASignature() throws Exception {
        String query = "w=33&h=44&fit=cover&format=png&q=70";
        String signature = TransformParameters.signature(KEY, path + "?" + query);

        client().get(path + "?" + query).isError(403, "signature_required");
        client().get(path + "?format=png").isError(403, "signature_required");
        client().get(path + "?" + query + "&s=" + signature.substring(1)).isError(403, "signature_required");
        client().get(path + "?w=34&h=44&fit=cover&format=png&q=70&s=" + signature)
                .isError(403, "signature_required");
        assertThat(client().get(path + "?w=33")
                        .isError(403, "signature_required")
                        .message())
                .contains("20, 40");
        Answer answer = client().get(path + "?q=70&w=33&h=44&fit=cover&format=png&s=" + signature);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(decode(answer).getWidth()).isEqualTo(33);
    }

    @ParameterizedTest
    @CsvSource({
        "?w=0, w",
        "?w=99999, w",
        "?h=-1, h",
        "?w=x, w",
        "?fit=stretch, fit",
        "?format=bmp, format",
        "?format=gif, format",
        "/thumb?format=bmp, format",
        "?q=0, q",
        "?q=101, q"
    })
    void namesWhatIsNotLegal(String query, String parameter) throws Exception {
        assertThat(client().get(path + query).isError(400, "invalid_parameter").message())
                .contains(parameter);
    }

    @ParameterizedTest
    @CsvSource({"webp, image/webp", "jpeg, image/jpeg", "png, image/png", "auto, image/webp"})
    void aPresetComesInTheFormatThatIsAskedFor(String format, String type) throws Exception {
        Answer answer = client().get(path + "/thumb?format=" + format, "Accept", "image/webp,*/*");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
    }

    /** As a scrolling screenshot; no WebP is higher than 16383 pixels. */
    @Test
    void whatIsTooLongForWebpComesInAnotherFormat() throws Exception {
        String jpeg = uploaded("long.jpeg", Pictures.jpeg(30, 17_000));
        String png = uploaded("long.png", Pictures.png(30, 17_000));

        assertThat(client().get(jpeg + "?w=40", "Accept", "image/webp").header("Content-Type"))
                .isEqualTo("image/jpeg");
        assertThat(client().get(png + "?w=40", "Accept", "image/webp").header("Content-Type"))
                .isEqualTo("image/png");
        assertThat(client().get(png + "/thumb?format=webp").header("Content-Type"))
                .isEqualTo("image/webp");
        assertThat(client().get(png + "?w=40&format=webp", "Accept-Language", "en")
                        .isError(400, "invalid_parameter")
                        .message())
                .contains("format", "auto, jpeg, png", "30x17000");
    }

    private String uploaded(String name, byte[] picture) throws Exception {
        return Client.pathOf(client().upload(name, picture).data().get("url").asString());
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        client().get(path + "/nonsense").isError(404, "not_found");
        client().get("/i/nobody.jpg/thumb").isError(404, "image_not_found");
        client().get("/i/nobody.jpg?w=20").isError(404, "image_not_found");
    }

    @Test
    void isMadeOnceForManyAndGoesWithItsImage() throws Exception {
        Set<String> tags = Concurrently.run(
                        50, () -> client().get(path + "?w=40").header("ETag"))
                .stream()
                .collect(Collectors.toSet());

        assertThat(tags).hasSize(1);
        assertThat(variants()).hasSize(1);
        client().delete("/api/images/" + image.get("id")).isSuccess("删除成功");
        assertThat(variants()).isEmpty();
        client().get(path + "?w=40").isError(404, "image_not_found");
    }

    private List<Path> variants() throws IOException {
        String filename = image.get("filename").asString();
        try (Stream<Path> files = Files.walk(dataDirectory().resolve("images"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("variants")
                            && file.toString().contains(filename))
                    .toList();
        }
    }

    private static BufferedImage decode(Answer answer) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(answer.bytes()));
    }
}
