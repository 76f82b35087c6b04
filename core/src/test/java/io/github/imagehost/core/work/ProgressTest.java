package io.github.imagehost.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void unobservedItIsNeverAskedToStop() {
        Progress.UNOBSERVED.expect(Progress.UNKNOWN, Progress.UNKNOWN);
        Progress.UNOBSERVED.advance(1, Long.MAX_VALUE);

        assertThat(Progress.UNOBSERVED.isStopRequested()).isFalse();
    }
}
