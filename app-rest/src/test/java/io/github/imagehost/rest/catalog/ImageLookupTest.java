package io.github.imagehost.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageLookupTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestHost test = new TestHost();
    private final MutableClock clock = new MutableClock();
    private final ImageLookup lookup = lookup("1h");
    private Image image;

    @BeforeEach
    void upload() throws IOException {
        image = test.upload(Pictures.uniquePng()).image();
    }

    @Test
    void whatWasFoundIsNotReadAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(lookup.find(TestHost.ALICE, image.id())).contains(image);
            assertThat(lookup.findByFilename(image.filename())).contains(image);
        }

        assertThat(test.repository().calls("findById")).isEqualTo(1);
        assertThat(test.repository().calls("findByFilename")).isEqualTo(1);
    }

    @Test
    void whatIsRememberedForItsOwnerIsNotFoundByAnother() {
        assertThat(lookup.find(TestHost.ALICE, image.id())).contains(image);

        assertThat(lookup.find(TestHost.BOB, image.id())).isEmpty();
        assertThat(lookup.delete(TestHost.BOB, Set.of(image.id())).deleted()).isEmpty();
        assertThat(lookup.find(TestHost.ALICE, image.id())).contains(image);
    }

    @Test
    void whatWasNotFoundIsReadAgain() throws Exception {
        Image second = test.upload(Pictures.uniquePng()).image();
        long next = second.id() + (second.id() - image.id());
        assertThat(lookup.find(TestHost.ALICE, next)).isEmpty();

        Image uploaded = test.upload(Pictures.uniquePng()).image();

        assertThat(uploaded.id()).isEqualTo(next);
        assertThat(lookup.find(TestHost.ALICE, next)).contains(uploaded);
    }

    @Test
    void whatIsDeletedHereIsForgottenAtOnce() {
        find(lookup);

        assertThat(lookup.delete(TestHost.ALICE, Set.of(image.id())).deleted()).containsExactly(image.id());

        assertThatItIsGone(lookup);
    }

    @Test
    void whatIsChangedHereIsForgottenAtOnce() {
        find(lookup);
        List<ImageChange> changes = List.of(new ImageChange.Show(Visibility.PRIVATE));

        assertThat(lookup.change(TestHost.BOB, image.id(), changes)).isEmpty();
        assertThat(lookup.change(TestHost.ALICE, image.id(), changes)).isPresent();

        for (Optional<Image> found :
                List.of(lookup.findByFilename(image.filename()), lookup.find(TestHost.ALICE, image.id()))) {
            assertThat(found.map(now -> now.sharing().visibility())).contains(Visibility.PRIVATE);
        }
    }

    /** Whatever the repository's clock says, which nobody asks. */
    @Test
    void whatIsRememberedEndsInTime() {
        Instant end = clock.instant().plusSeconds(60);
        lookup.change(TestHost.ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
        assertThat(lookup.findByFilename(image.filename())).isPresent();
        assertThat(lookup.find(TestHost.ALICE, image.id())).isPresent();

        clock.advance(Duration.ofSeconds(60));

        assertThatItIsGone(lookup);
    }

    /** As an upload does that wants it for longer. */
    @Test
    void whatIsMadeToLastLongerElsewhereIsThereWhenItsOldEndHasCome() {
        Instant end = clock.instant().plusSeconds(60);
        lookup.change(TestHost.ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
        assertThat(lookup.findByFilename(image.filename())).isPresent();
        assertThat(lookup.find(TestHost.ALICE, image.id())).isPresent();
        test.host().change(TestHost.ALICE, image.id(), List.of(new ImageChange.ExpireAt(Optional.empty())));

        clock.advance(Duration.ofSeconds(60));

        assertThat(lookup.findByFilename(image.filename())).isPresent();
        assertThat(lookup.find(TestHost.ALICE, image.id())).isPresent();
    }

    /** Since each view makes what is known wrong, and the last one ends the image. */
    @Test
    void whatMayBeSeenSoOftenIsNotRemembered() {
        lookup.change(TestHost.ALICE, image.id(), List.of(new ImageChange.LimitViews(OptionalLong.of(1))));
        Image limited = lookup.findByFilename(image.filename()).orElseThrow();
        assertThat(lookup.find(TestHost.ALICE, image.id())).contains(limited);

        assertThat(test.host().countView(limited)).isTrue();

        assertThatItIsGone(lookup);
    }

    @Test
    void whatIsDeletedWhileItIsReadIsNotRemembered() {
        test.repository().next("findById", Faults.doAfter(() -> lookup.delete(TestHost.ALICE, Set.of(image.id()))));
        assertThat(lookup.find(TestHost.ALICE, image.id())).contains(image);

        assertThat(lookup.find(TestHost.ALICE, image.id())).isEmpty();
    }

    @Test
    void aLinkThatIsDeletedWhileItIsReadIsNotRemembered() {
        test.repository()
                .next("findByFilename", Faults.doAfter(() -> lookup.delete(TestHost.ALICE, Set.of(image.id()))));
        assertThat(lookup.findByFilename(image.filename())).contains(image);

        assertThat(lookup.findByFilename(image.filename())).isEmpty();
    }

    @Test
    void whatAnotherProcessDeletesIsForgottenInTime() throws Exception {
        ImageLookup shortly = lookup("50ms");
        find(shortly);

        test.host().delete(image.id());

        Waiting.until(
                "it is forgotten",
                LIMIT,
                () -> shortly.find(TestHost.ALICE, image.id()).isEmpty()
                        && shortly.findByFilename(image.filename()).isEmpty());
    }

    @Test
    void nothingIsRememberedIfThatIsNotWanted() {
        ImageLookup forgetful = lookup("0s");
        find(forgetful);

        test.host().delete(image.id());

        assertThatItIsGone(forgetful);
    }

    private ImageLookup lookup(String age) {
        return new ImageLookup(test.host(), clock, ServiceSettings.from(Settings.of(Map.of("METADATA_CACHE", age))));
    }

    private void find(ImageLookup where) {
        assertThat(where.find(TestHost.ALICE, image.id())).contains(image);
        assertThat(where.findByFilename(image.filename())).contains(image);
    }

    private void assertThatItIsGone(ImageLookup where) {
        assertThat(where.find(TestHost.ALICE, image.id())).isEmpty();
        assertThat(where.findByFilename(image.filename())).isEmpty();
    }
}
