package io.github.imagehost.core.access.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.TestImages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@link ViewLinks} and {@link DeleteLinks}. */
class LinksTest {

    private static final Image IMAGE = TestImages.image(1, "cat.png");
    private static final Image OTHER = TestImages.image(2, "dog.png");

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final ViewLinks view = new ViewLinks(repository, clock);
    private final DeleteLinks delete = new DeleteLinks(repository);

    @Test
    void aPermitOpensItsImageUntilItEnds() {
        Instant end = clock.instant().plus(Duration.ofMinutes(5));

        ViewPermit permit = view.sign(IMAGE, Duration.ofMinutes(5));

        assertThat(permit.expiresAt()).isEqualTo(end.getEpochSecond());
        assertThat(permit.signature()).matches("[A-Za-z0-9_-]{43}");
        assertThat(view.opens(IMAGE, permit)).isTrue();
        assertThat(view.opens(OTHER, permit)).isFalse();
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(view.opens(IMAGE, permit)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(view.opens(IMAGE, permit)).isFalse();
    }

    @Test
    void aPermitEndsWithItsImage() {
        Instant end = clock.instant().plus(Duration.ofMinutes(2));
        Image ending = IMAGE.sharing(IMAGE.sharing().expiresAt(Optional.of(end)));

        assertThat(view.sign(ending, Duration.ofDays(1)).expiresAt()).isEqualTo(end.getEpochSecond());
        assertThat(view.sign(ending, Duration.ofMinutes(1)).expiresAt())
                .isEqualTo(end.minusSeconds(60).getEpochSecond());
    }

    @Test
    void nobodyGivesAPermitAnotherEnd() {
        ViewPermit permit = view.sign(IMAGE, Duration.ofMinutes(1));

        assertThat(view.opens(IMAGE, new ViewPermit(permit.expiresAt() + 1, permit.signature())))
                .isFalse();
        assertThat(view.opens(IMAGE, new ViewPermit(permit.expiresAt(), ""))).isFalse();
        assertThat(view.opens(IMAGE, new ViewPermit(permit.expiresAt(), permit.signature() + "=")))
                .isFalse();
    }

    @Test
    void aPermitIsTakenBackWithAllOthersOfItsImage() {
        ViewPermit permit = view.sign(IMAGE, Duration.ofMinutes(1));
        Image later = IMAGE.sharing(new Sharing(Visibility.PUBLIC, Optional.empty(), OptionalLong.empty(), 1));

        assertThat(view.opens(later, permit)).isFalse();
        assertThat(view.opens(later, view.sign(later, Duration.ofMinutes(1)))).isTrue();
    }

    @Test
    void whoHasALinkToDeleteOneImageDeletesNoOther() {
        String signature = delete.sign(IMAGE);

        assertThat(delete.opens(IMAGE, signature)).isTrue();
        assertThat(delete.opens(OTHER, signature)).isFalse();
        assertThat(delete.opens(IMAGE, signature.substring(1))).isFalse();
    }

    @Test
    void nobodyActsInTheNameOfASuspendedOwner() {
        Image alices = new Image(
                3,
                repository.addOwner(OwnerName.of("alice"), Role.USER).id(),
                IMAGE.filename(),
                IMAGE.originalName(),
                IMAGE.content(),
                IMAGE.objectKey(),
                IMAGE.uploadedAt(),
                IMAGE.updatedAt(),
                IMAGE.sharing());
        ViewPermit permit = view.sign(alices, Duration.ofMinutes(1));
        String signature = delete.sign(alices);
        assertThat(view.opens(alices, permit) && delete.opens(alices, signature))
                .isTrue();

        new Owners(repository)
                .change(
                        alices.owner(),
                        new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));

        assertThat(view.opens(alices, permit)).isFalse();
        assertThat(delete.opens(alices, signature)).isFalse();
    }

    @Test
    void allWhoShareARepositorySignAlikeAndEachPurposeHasAKeyOfItsOwn() {
        ViewPermit permit = view.sign(IMAGE, Duration.ofMinutes(1));
        SigningKey unused = SigningKey.of(new byte[SigningKey.LENGTH]);

        assertThat(new ViewLinks(repository, clock).opens(IMAGE, permit)).isTrue();
        assertThat(new DeleteLinks(repository).sign(IMAGE)).isEqualTo(delete.sign(IMAGE));
        assertThat(repository.key(LinkPurpose.VIEW, unused)).isNotEqualTo(repository.key(LinkPurpose.DELETE, unused));
        assertThat(repository.key(LinkPurpose.VIEW, unused)).hasToString("SigningKey[…]");
        assertThat(new ViewLinks(new InMemoryAccessRepository(clock), clock).opens(IMAGE, permit))
                .isFalse();
    }
}
