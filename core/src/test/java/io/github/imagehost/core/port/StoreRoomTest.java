package io.github.imagehost.core.port;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreRoom;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreRoomTest {

    private final MutableClock clock = new MutableClock();
    private final StoreRoom room = new StoreRoom(clock);

    @Test
    void isThereUntilSomethingIsRefused() {
        assertThatCode(room::check).doesNotThrowAnyException();
        room.storing(() -> {});

        assertThatCode(room::check).doesNotThrowAnyException();
    }

    @Test
    void isNotThereAfterARefusal() {
        refuse();

        assertThatThrownBy(room::check)
                .isInstanceOf(StoreFullException.class)
                .hasMessage("The store had no room for what was last to be stored");
    }

    @Test
    void isThereAgainWhenSomethingIsStored() {
        refuse();

        room.storing(() -> {});

        assertThatCode(room::check).doesNotThrowAnyException();
    }

    @Test
    void isNotThereAgainBecauseOfAnotherFailure() {
        refuse();
        assertThatThrownBy(() -> room.storing(() -> {
                    throw new StoreUnavailableException("away");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThatThrownBy(room::check).isInstanceOf(StoreFullException.class);
    }

    @Test
    void mayBeThereAgainAfterAWhile() {
        refuse();

        clock.advance(StoreRoom.MEMORY.minus(Duration.ofMillis(1)));
        assertThatThrownBy(room::check).isInstanceOf(StoreFullException.class);
        clock.advance(Duration.ofMillis(1));
        assertThatCode(room::check).doesNotThrowAnyException();
    }

    private void refuse() {
        assertThatThrownBy(() -> room.storing(() -> {
                    throw new StoreFullException("full");
                }))
                .isInstanceOf(StoreFullException.class);
    }
}
