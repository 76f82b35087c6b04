package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final ObjectKey KEY = new ObjectKey("picture.png");
    private static final TestContent CONTENT = TestContent.ofSize(100, 1);

    private final InMemoryImageStore target = new InMemoryImageStore(new MutableClock());
    private final Faults<ImageStore> faults = Faults.before(ImageStore.class, target);
    private final ImageStore store = faults.port();

    @Test
    void withoutFaultsEveryCallPassesAndIsCounted() {
        store.put(KEY, CONTENT);

        assertThat(store.size(KEY)).contains(100L);
        assertThat(faults.calls("put")).isOne();
        assertThat(faults.calls("delete")).isZero();
    }

    @Test
    void theTargetsOwnFailuresArriveAsTheyAre() {
        assertThatThrownBy(() -> store.open(KEY)).hasMessage("There is no object picture.png");
    }

    @Test
    void failsWithoutAnEffect() {
        StoreUnavailableException failure = new StoreUnavailableException("away");
        faults.next("put", Faults.failBefore(failure));

        assertThatThrownBy(() -> store.put(KEY, CONTENT)).isSameAs(failure);

        assertThat(target.size(KEY)).isEmpty();
    }

    @Test
    void failsWithAnEffect() {
        StoreUnavailableException failure = new StoreUnavailableException("away");
        faults.next("put", Faults.failAfter(failure));

        assertThatThrownBy(() -> store.put(KEY, CONTENT)).isSameAs(failure);

        assertThat(target.size(KEY)).isPresent();
    }

    @Test
    void nextFaultsAreUsedUpBeforeTheLastingOne() {
        faults.always("delete", Faults.failBefore(new StoreUnavailableException("away")));
        faults.next("delete", Faults.pass(), call -> Map.of(KEY, "locked"));

        assertThat(store.delete(List.of(KEY))).isEmpty();
        assertThat(store.delete(List.of(KEY))).containsEntry(KEY, "locked");
        assertThatThrownBy(() -> store.delete(List.of(KEY))).hasMessage("away");
        assertThatThrownBy(() -> store.delete(List.of(KEY))).hasMessage("away");

        faults.heal();
        assertThat(store.delete(List.of(KEY))).isEmpty();
    }

    @Test
    void aGateStopsACallUntilItIsOpened() throws Exception {
        Gate gate = new Gate();
        faults.next("put", gate.before());

        Concurrently.run(List.<Callable<Void>>of(
                () -> {
                    store.put(KEY, CONTENT);
                    return null;
                },
                () -> {
                    gate.awaitArrival();
                    faults.awaitCalls("put", 1);
                    assertThat(target.size(KEY)).isEmpty();
                    gate.open();
                    return null;
                }));

        assertThat(target.size(KEY)).isPresent();
    }

    @Test
    void aMisspeltMethodIsNoticed() {
        assertThatThrownBy(() -> faults.next("putt", Faults.pass()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ImageStore has no method putt");
    }
}
