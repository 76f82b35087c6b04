package io.github.imagehost.core.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.testing.TestImages;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageQueryTest {

    private static final ImageQuery QUERY = ImageQuery.of(OwnerId.DEFAULT);

    @Test
    void asksForTheNewestTwentyAtFirst() {
        assertThat(QUERY)
                .isEqualTo(new ImageQuery(
                        OwnerId.DEFAULT,
                        ImageFilter.ALL,
                        SortField.UPLOAD_TIME,
                        SortDirection.DESCENDING,
                        1,
                        20,
                        Optional.empty()));
        assertThat(QUERY.offset()).isZero();
    }

    @Test
    void isNarrowedStepByStep() {
        ImageQuery query = QUERY.search("cat")
                .sortedBy(SortField.FILE_SIZE, SortDirection.ASCENDING)
                .limit(5)
                .page(3);

        assertThat(query)
                .isEqualTo(new ImageQuery(
                        OwnerId.DEFAULT,
                        ImageFilter.ALL.text("cat"),
                        SortField.FILE_SIZE,
                        SortDirection.ASCENDING,
                        3,
                        5,
                        Optional.empty()));
        assertThat(query.offset()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesAPageBelowOne(long page) {
        assertThatThrownBy(() -> QUERY.page(page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A page is a whole number from 1, not " + page);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, Integer.MAX_VALUE})
    void refusesALimitOutsideItsBounds(int limit) {
        assertThatThrownBy(() -> QUERY.limit(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A limit is a whole number from 1 to 100, not " + limit);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0",
        "100, 100, 9900",
        "9223372036854775807, 1, 9223372036854775806",
        "9223372036854775807, 2, 9223372036854775807",
        "9223372036854775807, 100, 9223372036854775807"
    })
    void anOffsetNeverOverflows(long page, int limit, long offset) {
        assertThat(QUERY.limit(limit).page(page).offset()).isEqualTo(offset);
    }

    @Test
    void continuesFromACursorInTheCursorsOrder() {
        ImageCursor cursor = QUERY.sortedBy(SortField.FILENAME, SortDirection.ASCENDING)
                .page(4)
                .cursorAfter(TestImages.image(42, "cat.png"));

        ImageQuery query = QUERY.search("cat").limit(7).from(cursor);

        assertThat(query)
                .isEqualTo(new ImageQuery(
                        OwnerId.DEFAULT,
                        ImageFilter.ALL.text("cat"),
                        SortField.FILENAME,
                        SortDirection.ASCENDING,
                        5,
                        7,
                        Optional.of(cursor)));
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        ImageCursor cursor = QUERY.cursorAfter(TestImages.image(42, "cat.png"));

        assertThatThrownBy(() -> new ImageQuery(
                        OwnerId.DEFAULT,
                        ImageFilter.ALL,
                        SortField.ID,
                        SortDirection.DESCENDING,
                        2,
                        20,
                        Optional.of(cursor)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The cursor belongs to a list in another order");
    }

    @Test
    void anotherOrderOrPageForgetsTheCursor() {
        ImageQuery continued = QUERY.from(QUERY.cursorAfter(TestImages.image(42, "cat.png")));

        assertThat(continued.sortedBy(SortField.ID, SortDirection.ASCENDING).cursor())
                .isEmpty();
        assertThat(continued.page(1).cursor()).isEmpty();
        assertThat(continued.search("cat").limit(3).cursor()).isPresent();
    }

    @Test
    void aCursorCanFollowEveryPage() {
        Image last = TestImages.image(42, "cat.png");
        ImageCursor forged = new ImageCursor(SortField.ID, SortDirection.ASCENDING, "1", 1, Long.MAX_VALUE);

        assertThat(QUERY.from(forged).cursorAfter(last).page()).isEqualTo(Long.MAX_VALUE);
    }
}
