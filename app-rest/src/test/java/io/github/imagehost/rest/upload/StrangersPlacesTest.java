package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrangersPlacesTest {

    private final StrangersPlaces places = new StrangersPlaces(8);

    @Test
    void oneClientHasAShareAndAllTogetherAllPlaces() {
        assertThat(places.enter("a")).isPresent();
        assertThat(places.enter("a")).isPresent();
        assertThat(places.enter("a")).isEmpty();
        for (String client : new String[] {"b", "c", "d"}) {
            assertThat(places.enter(client)).isPresent();
            assertThat(places.enter(client)).isPresent();
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
    void thereIsAPlaceForSomebodyHoweverFewThereAre() {
        assertThat(new StrangersPlaces(1).enter("a")).isPresent();
    }
}
