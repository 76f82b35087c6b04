package io.github.imagehost.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestSetTest {

    private final DigestSet set = new DigestSet();

    @Test
    void everyDigestIsNewOnce() {
        Random random = new Random(1);
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[Digest.LENGTH];
            random.nextBytes(bytes);
            digests.add(Digest.of(bytes));
        }

        assertThat(digests).allMatch(set::add);
        assertThat(digests).noneMatch(set::add);
    }

    @Test
    void digestsThatBeginAlikeAreDifferent() {
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[Digest.LENGTH];
            bytes[Digest.LENGTH - 1] = (byte) i;
            bytes[Digest.LENGTH - 2] = (byte) (i >> 8);

            assertThat(set.add(Digest.of(bytes))).isTrue();
            assertThat(set.add(Digest.of(bytes))).isFalse();
        }
    }
}
