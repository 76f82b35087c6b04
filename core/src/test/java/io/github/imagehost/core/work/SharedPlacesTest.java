package io.github.imagehost.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedPlacesTest {

    private final SharedPlaces<String> places = new SharedPlaces<>(8, 2);

    @Test
    void oneHasAShareAndAllTogetherAllPlaces() {
        assertThat(places.enter("a")).isPresent();
        assertThat(places.enter("a")).isPresent();
        assertThat(places.enter("a")).isEmpty();
        for (String other : new String[] {"b", "c", "d"}) {
            assertThat(places.enter(other)).isPresent();
            assertThat(places.enter(other)).isPresent();
        }
        assertThat(places.enter("e")).isEmpty();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Optional<Runnable> first = places.enter("a");
        Optional<Runnable> second = places.enter("a");

        first.orElseThrow().run();
        first.orElseThrow().run();

        assertThat(second).isPresent();
        assertThat(places.enter("a")).isPresent();
        assertThat(places.enter("a")).isEmpty();
    }

    @Test
    void thereIsAPlaceForSomebody() {
        assertThat(new SharedPlaces<>(1, 1).enter("a")).isPresent();
        assertThatThrownBy(() -> new SharedPlaces<>(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SharedPlaces<>(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
