package io.github.imagehost.mysql.row.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImageFilter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilterSelectionTest {

    private static final FilterSelection ALL_RANGES = selection(ImageFilter.ALL
            .text("cat")
            .type(ImageType.PNG)
            .minSize(10)
            .maxSize(20)
            .uploadedFrom(Instant.EPOCH)
            .uploadedBefore(Instant.EPOCH.plusSeconds(1))
            .visibility(Visibility.PRIVATE));

    private static FilterSelection selection(ImageFilter filter) {
        return FilterSelection.of(filter, List.of(), List.of());
    }

    private static List<ListIndex> asked(FilterSelection selection) {
        return Stream.of(ListIndex.values()).filter(selection::asks).toList();
    }

    @Test
    void asksForWhatAnIndexIsOrderedBy() {
        assertThat(asked(selection(ImageFilter.ALL.text("cat").filename("cat.png"))))
                .isEmpty();
        assertThat(asked(selection(ImageFilter.ALL.maxSize(20)))).containsExactly(ListIndex.FILE_SIZE);
        assertThat(asked(selection(ImageFilter.ALL.uploadedBefore(Instant.EPOCH))))
                .containsExactly(ListIndex.UPLOAD_TIME);
        assertThat(asked(ALL_RANGES))
                .containsExactlyInAnyOrder(
                        ListIndex.FILE_SIZE, ListIndex.MIME_TYPE, ListIndex.UPLOAD_TIME, ListIndex.VISIBILITY);
    }

    @ParameterizedTest
    @EnumSource(names = {"FILE_SIZE", "MIME_TYPE", "UPLOAD_TIME", "VISIBILITY"})
    void ofSeveralRangesOneIsLeft(ListIndex index) {
        FilterSelection only = ALL_RANGES.only(index);

        assertThat(ALL_RANGES.isSeveral()).isTrue();
        assertThat(asked(only)).containsExactly(index);
        assertThat(only.isSeveral()).isFalse();
        assertThat(only.needle()).isNull();
    }

    @Test
    void whatIsLeftIsWhatWasAsked() {
        assertThat(ALL_RANGES.only(ListIndex.FILE_SIZE))
                .extracting(FilterSelection::minSize, FilterSelection::maxSize)
                .containsExactly(10L, 20L);
        assertThat(ALL_RANGES.only(ListIndex.UPLOAD_TIME))
                .extracting(FilterSelection::uploadedFrom, FilterSelection::uploadedBefore)
                .containsExactly(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
        assertThat(ALL_RANGES.only(ListIndex.MIME_TYPE).mimeType()).isEqualTo("image/png");
        assertThat(ALL_RANGES.only(ListIndex.VISIBILITY).visibility()).isEqualTo("PRIVATE");
    }
}
