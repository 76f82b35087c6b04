package io.github.imagehost.core.fsck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final TestContent CONTENT = TestContent.ofSize(10, 1);
    private static final ObjectKey MOVED = Quarantine.keyFor(new ObjectKey("a.png"), CONTENT.digest());

    private final TestHost test = new TestHost();
    private final ImageStore store = test.store().port();
    private final Quarantine quarantine =
            new Quarantine(store, test.repository().port(), test.clock());

    @Test
    void keepsKeysAsLongAsTheyFit() {
        String digest = CONTENT.digest().hex();
        String longest = "k".repeat(200 - "quarantine/".length() - 1 - 64);

        assertThat(MOVED.value()).isEqualTo("quarantine/a.png/" + digest);
        assertThat(Quarantine.keyFor(new ObjectKey(longest), CONTENT.digest()).value())
                .isEqualTo("quarantine/" + longest + "/" + digest);
        assertThat(Quarantine.keyFor(new ObjectKey(longest + "k"), CONTENT.digest())
                        .value())
                .matches("quarantine/[0-9a-f]{64}/" + digest);
        assertThat(Quarantine.holds(MOVED)).isTrue();
        assertThat(Quarantine.holds(new ObjectKey("quarantined.png"))).isFalse();
    }

    @Test
    void isEmptiedOfWhatIsOldAndBelongsToNobody() {
        List<ObjectKey> beside = List.of(
                new ObjectKey("quarantine-1"),
                new ObjectKey("quarantine.png"),
                new ObjectKey("quarantine0"),
                new ObjectKey("z.png"));
        beside.forEach(key -> store.put(key, CONTENT));
        ObjectKey adopted = new ObjectKey("quarantine/adopted.png");
        store.put(adopted, CONTENT);
        adopt(adopted);
        for (int i = 0; i < 1500; i++) {
            store.put(new ObjectKey("quarantine/" + i), CONTENT);
        }
        test.letLeasesEnd();
        store.put(MOVED, CONTENT);

        assertThat(quarantine.purge(Duration.ofMinutes(1), Progress.UNOBSERVED)).isEqualTo(1500);
        assertThat(test.objects()).hasSize(6).contains(MOVED, adopted).containsAll(beside);

        assertThat(quarantine.purge(Duration.ZERO, Progress.UNOBSERVED)).isEqualTo(1);
        assertThat(test.objects()).hasSize(5).doesNotContain(MOVED);
    }

    @Test
    void saysWhatTheStoreDoesNotDelete() {
        store.put(MOVED, CONTENT);
        test.store().next("delete", test.keeping(key -> true));

        assertThatThrownBy(() -> quarantine.purge(Duration.ZERO, Progress.UNOBSERVED))
                .isInstanceOf(StoreException.class)
                .hasMessage("The store did not delete " + MOVED + ": locked");
    }

    @Test
    void anObjectThereThatBelongsToABlobIsCheckedLikeAnyOther() throws IOException {
        ObjectKey adopted = new ObjectKey("quarantine/adopted.png");
        Image image = adopt(adopted);

        StoreCheckReport report = new StoreCheck(store, test.repository().port(), RepairRight.UNDISPUTED)
                .run(StoreCheckOptions.DEFAULT, finding -> {}, Progress.UNOBSERVED);

        assertThat(image.objectKey()).isEqualTo(adopted);
        assertThat(report.found()).containsEntry(StoreFinding.Kind.MISSING, 1L);
        assertThat(report.quarantined()).isZero();
    }

    private Image adopt(ObjectKey key) {
        ImageDescriptor content = new ImageDescriptor(CONTENT.digest(), CONTENT.size(), ImageType.PNG, 1, 1);
        test.rows()
                .adopt(new AdoptionRequest(
                        TestHost.ALICE,
                        Optional.empty(),
                        content,
                        key,
                        "adopted.png",
                        "a.png",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Sharing.UNLIMITED));
        return test.images(TestHost.ALICE).get(0);
    }
}
