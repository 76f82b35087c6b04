package io.github.imagehost.core.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.testing.TestImages;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCursorTest {

    @ParameterizedTest
    @EnumSource(SortField.class)
    void survivesTheWayThroughAUrl(SortField field) {
        for (SortDirection direction : SortDirection.values()) {
            Image image = TestImages.image(Long.MAX_VALUE, "图片\n😀\t%_?&=.png");
            ImageCursor cursor = ImageCursor.after(image, field, direction, 7);

            String text = cursor.encode();

            assertThat(text).matches("[A-Za-z0-9_-]+");
            assertThat(ImageCursor.decode(text)).isEqualTo(cursor);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ID, 42",
        "FILENAME, image42.png",
        "ORIGINAL_NAME, straße.png",
        "FILE_SIZE, 1234",
        "MIME_TYPE, image/png",
        "UPLOAD_TIME, 1769875200123",
        "UPDATED_AT, 1769934600456"
    })
    void holdsTheValueThatTheListIsSortedBy(SortField field, String key) {
        Image image = TestImages.image(42, "STRAẞE.png");

        assertThat(ImageCursor.after(image, field, SortDirection.ASCENDING, 2))
                .isEqualTo(new ImageCursor(field, SortDirection.ASCENDING, key, 42, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID\nASCENDING\n1\n1",
                "\n\n\n\n",
                "SHOE_SIZE\nASCENDING\n1\n1\n1",
                "ID\nSIDEWAYS\n1\n1\n1",
                "ID\nASCENDING\n0\n1\n1",
                "ID\nASCENDING\n1\n0\n1",
                "ID\nASCENDING\n1\n-1\n1",
                "ID\nASCENDING\nx\n1\n1",
                "ID\nASCENDING\n1\n1\nx",
                "UPLOAD_TIME\nASCENDING\n1\n1\n2026-01-31",
                "ID\nASCENDING\n99999999999999999999\n1\n1"
            })
    void refusesPartsThatNoCursorHas(String parts) {
        assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not a cursor", "../../etc/passwd", "____", "图片", "' OR 1=1 --", "\u0000"})
    void refusesTextThatIsNoCursor(String text) {
        assertRefused(text);
    }

    @Test
    void everyBrokenCopyOfACursorIsRefusedOrIsACursor() {
        String text = ImageCursor.after(TestImages.image(42, "cat.png"), SortField.ID, SortDirection.DESCENDING, 2)
                .encode();

        for (int length = 0; length < text.length(); length++) {
            String broken = text.substring(0, length);
            try {
                assertThat(ImageCursor.decode(broken).field()).isEqualTo(SortField.ID);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessage("Not a cursor of a list of images");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "1, 0", "1, -1"})
    void hasAnIdAndAPageFromOne(long id, long page) {
        assertThatThrownBy(() -> new ImageCursor(SortField.ID, SortDirection.ASCENDING, "1", id, page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A cursor has an id and a page from 1, not " + id + " and " + page);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> ImageCursor.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a cursor of a list of images");
    }
}
