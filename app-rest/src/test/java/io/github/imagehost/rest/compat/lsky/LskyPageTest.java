package io.github.imagehost.rest.compat.lsky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LskyPageTest {

    private static final long TOTAL = 20 * LskyPage.SIZE;

    private static List<String> labels(long page) {
        return LskyPage.of(List.of(), page, TOTAL, "/images", "").links().stream()
                .map(LskyPage.Link::label)
                .filter(label -> !label.contains("&"))
                .toList();
    }

    @Test
    void linksLeadToTheEndsAndToWhatIsNear() {
        assertThat(labels(10))
                .containsExactly("1", "2", "...", "7", "8", "9", "10", "11", "12", "13", "...", "19", "20");
    }

    @Test
    void behindTheLastPageTheyLeadToTheLastOnes() {
        assertThat(labels(21)).containsExactly("1", "2", "...", "17", "18", "19", "20");
        assertThat(labels(1_000_000)).isEqualTo(labels(21));
    }
}
