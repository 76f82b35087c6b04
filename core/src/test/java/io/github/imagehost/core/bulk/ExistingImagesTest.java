package io.github.imagehost.core.bulk;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.RepositoryUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Gate;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ExistingImagesTest {

    private static final int THREADS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestHost test = new TestHost();
    private final ExistingImages existing = new ExistingImages(test.host(), ALICE);

    @Test
    void everybodyWhoComesDuringAQuestionIsInTheNextOne() throws Exception {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            images.add(test.upload(Pictures.uniquePng()).image());
        }
        int callsBefore = test.repository().calls("findExisting");
        Gate gate = new Gate();
        test.repository().next("findExisting", gate.before());
        FutureTask<Optional<Image>> first = new FutureTask<>(() -> existing.find(digest(images.get(0))));
        new Thread(first).start();
        gate.awaitArrival();
        List<FutureTask<Optional<Image>>> others = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Image image : images) {
            FutureTask<Optional<Image>> other = new FutureTask<>(() -> existing.find(digest(image)));
            others.add(other);
            Thread thread = new Thread(other);
            threads.add(thread);
            thread.start();
        }
        assertTimeoutPreemptively(LIMIT, () -> {
            while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
        });

        gate.open();

        assertThat(first.get()).contains(images.get(0));
        for (int i = 0; i < THREADS; i++) {
            assertThat(others.get(i).get()).contains(images.get(i));
        }
        assertThat(test.repository().calls("findExisting")).isEqualTo(callsBefore + 2);
    }

    @Test
    void aFailureIsToldAndTheNextQuestionIsAskedAllTheSame() throws Exception {
        Image image = test.upload(Pictures.uniquePng()).image();
        RepositoryUnavailableException away = new RepositoryUnavailableException("away");
        test.repository().next("findExisting", Faults.failBefore(away));

        assertThatThrownBy(() -> existing.find(digest(image))).isSameAs(away);
        assertThat(existing.find(digest(image))).contains(image);
        assertThat(existing.find(Digest.of(new byte[Digest.LENGTH]))).isEmpty();
    }

    private static Digest digest(Image image) {
        return image.content().digest();
    }
}
