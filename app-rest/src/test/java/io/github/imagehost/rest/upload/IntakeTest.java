package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is refused, with which words, and what is left of what is not. */
class IntakeTest extends ServiceTest {

    static Stream<Arguments> refused() {
        byte[] jpeg = Pictures.jpeg(200, 200);
        byte[] webp = Pictures.uniqueWebp();
        byte[] ones = new byte[webp.length - 25];
        Arrays.fill(ones, (byte) 0xff);
        return Stream.of(
                refused("HTML", Pictures.html(), 415, "unsupported_image"),
                refused("SVG", Pictures.svg(), 415, "unsupported_image"),
                refused("PHP", "<?php phpinfo(); ?>".getBytes(StandardCharsets.US_ASCII), 415, "unsupported_image"),
                refused("ZIP", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 415, "unsupported_image"),
                refused("half a JPEG", Arrays.copyOf(jpeg, jpeg.length / 2), 422, "image_truncated"),
                refused(
                        "half the pixels of a JPEG",
                        Pictures.concat(Arrays.copyOf(jpeg, jpeg.length / 2), new byte[] {(byte) 0xff, (byte) 0xd9}),
                        422,
                        "image_undecodable"),
                refused(
                        "a WebP whose pixels make no sense",
                        Pictures.concat(Arrays.copyOf(webp, 25), ones),
                        422,
                        "image_undecodable"),
                refused(
                        "script in a GIF",
                        "GIF89a=1;alert(1);//".getBytes(StandardCharsets.US_ASCII),
                        413,
                        "too_many_pixels"),
                refused("a GIF of 900 megapixels", Pictures.gifHeader(30_000, 30_000), 413, "too_many_pixels"),
                refused("an animation of 1.6 gigapixels", animation(), 413, "too_many_animation_pixels"),
                refused("a GIF of 60,000 pixels a side", Pictures.gifHeader(60_000, 60_000), 413, "side_too_long"));
    }

    private static byte[] animation() {
        byte[] frame = Gifs.frame(0, 0, 7000, 7000, Gifs.codes(Gifs.BITS, 5, 3));
        byte[][] frames = new byte[33][];
        Arrays.fill(frames, frame);
        return Gifs.gif(7000, 7000, frames);
    }

    private static Arguments refused(String name, byte[] file, int status, String code) {
        return Arguments.of(Named.of(name, file), status, code);
    }

    @Test
    void namesAPictureOfAnotherFormat() throws Exception {
        assertThat(client().upload("a.png", Pictures.svg())
                        .isError(415, "unsupported_image")
                        .message())
                .isEqualTo("不支持的文件类型 (image/svg+xml)，仅支持: image/gif, image/jpeg, image/png, image/webp");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhyItRefuses(byte[] file, int status, String code) throws Exception {
        client().upload("refused.jpg", file).isError(status, code);

        JsonNode images = client().get("/api/images?search=refused.jpg").data();
        assertThat(images.at("/pagination/totalItems").asInt()).isZero();
    }

    @Test
    void saysWhatWouldBeLegal() throws Exception {
        byte[] bomb = Pictures.gifHeader(30_000, 30_000);

        assertThat(client().upload("b.gif", bomb).message()).isEqualTo("图片像素过多，最多50000000像素");
        assertThat(client().post("/api/upload", new Multipart().file("image", "b.gif", bomb), "Accept-Language", "en")
                        .message())
                .isEqualTo("The image is too large: it has at most 50000000 pixels");
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void nobodySeesWhereAPictureWasTaken(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);

        JsonNode uploaded = client().upload("photo", picture).isSuccess("上传成功").data();
        Answer served = client().get(Client.pathOf(uploaded.get("url").asString()));

        assertThat(new String(served.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(TaggedPictures.PLACE)
                .contains(TaggedPictures.HARMLESS);
        assertThat(uploaded.get("fileHash").asString())
                .isEqualTo(TestContent.digestOf(picture).hex());
        assertThat(uploaded.get("fileSize").asInt()).isEqualTo(picture.length);
        assertThat(served.header("ETag"))
                .isEqualTo('"' + TestContent.digestOf(served.bytes()).hex() + '"');
        assertThat(client().upload("again", picture)
                        .isSuccess("图片已存在，返回已有链接")
                        .data()
                        .get("id"))
                .isEqualTo(uploaded.get("id"));
    }
}
