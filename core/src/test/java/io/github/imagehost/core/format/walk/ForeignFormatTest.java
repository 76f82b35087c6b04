package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignFormatTest {

    @ParameterizedTest
    @CsvSource({
        "....ftypavif, image/avif",
        "....ftypavis, image/avif",
        "....ftypheic, image/heic",
        "....ftypmif1, image/heic",
        "BM.., image/bmp",
        "'II*\0', image/tiff",
        "'MM\0*', image/tiff",
        "'\0\0\0\fJXL ', image/jxl",
        "'\u00ff\n', image/jxl",
        "'<?xml version=\"1.0\"?><SVG>', image/svg+xml"
    })
    void namesWhatPeopleTakeForPictures(String head, String mediaType) {
        assertThat(ForeignFormat.mediaTypeOf(head.getBytes(StandardCharsets.ISO_8859_1)))
                .contains(mediaType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK\3\4", "<html>", "....ftypisom", "....ftyp", "<?php"})
    void namesNothingElse(String head) {
        assertThat(ForeignFormat.mediaTypeOf(head.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    @Test
    void namesNoFormatThatIsKnown() {
        assertThat(ForeignFormat.mediaTypeOf(Pictures.uniquePng())).isEmpty();
        assertThat(ForeignFormat.mediaTypeOf(Pictures.uniqueJpeg())).isEmpty();
    }
}
