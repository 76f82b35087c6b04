package io.github.imagehost.rest.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharingFieldsTest {

    private static final URI SERVICE = URI.create("https://img.example.com");

    private final MutableClock clock = new MutableClock();
    private final SharingFields fields = new SharingFields(clock, ImageLinks.toService(SERVICE));

    @ParameterizedTest
    @CsvSource({"expiresIn, 1m", "expiresIn, 36500d", "expiresAt, 2026-01-31T16:01:01Z", "maxViews, 1000000000"})
    void whatIsJustLegalIsTaken(String name, String value) {
        assertThat(fields.read(Map.of(name, value)).isLimited()).isTrue();
    }

    @Test
    void aSpanBeginsNow() {
        assertThat(fields.read(Map.of("expiresIn", "2h")).expiresAt())
                .contains(clock.instant().plus(Duration.ofHours(2)));
    }

    /** What anybody may fetch from there can be neither hidden nor counted. */
    @ParameterizedTest
    @CsvSource({"visibility, private", "expiresIn, 7d", "maxViews, 3"})
    void besideAPublicStoreNothingIsLimited(String name, String value) {
        SharingFields beside =
                new SharingFields(clock, ImageLinks.toStore(URI.create("https://cdn.example.com"), SERVICE));

        assertThat(beside.read(Map.of("visibility", "public"))).isEqualTo(Sharing.UNLIMITED);
        assertThatThrownBy(() -> beside.read(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error()).isEqualTo(ApiError.PUBLIC_STORE));
    }
}
