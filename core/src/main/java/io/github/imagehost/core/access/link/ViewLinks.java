package io.github.imagehost.core.access.link;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Signs links to private images: whoever has one sees the image, in every size and format, until the link ends, or
 * until its owner takes all links of the image back or is suspended. Every operation may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
public final class ViewLinks {

    /** The shortest time that a link may be good. */
    public static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    /** How long a link is good if nothing is said of it. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(7);

    /** The longest time that a link may be good. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private final OwnerLedger owners;
    private final LinkMac mac;
    private final InstantSource clock;

    /** @param repository stays open */
    public ViewLinks(AccessRepository repository, InstantSource clock) {
        this.owners = repository;
        this.mac = new LinkMac(repository, LinkPurpose.VIEW);
        this.clock = clock;
    }

    /** Whether a link may be good that long. */
    public static boolean isLegalLife(Duration life) {
        return life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0;
    }

    /**
     * Signs a link.
     *
     * @param life how long it is good from now on, but never longer than the image lasts; a fraction of a second at its
     *     end is cut off
     */
    public ViewPermit sign(Image image, Duration life) {
        Instant wanted = clock.instant().plus(life);
        Instant end = image.sharing().expiresAt().filter(wanted::isAfter).orElse(wanted);
        long seconds = end.getEpochSecond();
        return new ViewPermit(seconds, mac.of(text(image, seconds)));
    }

    /** Whether this permit opens the image as it is shared now. */
    public boolean opens(Image image, ViewPermit permit) {
        return mac.isOf(text(image, permit.expiresAt()), permit.signature())
                && clock.instant().getEpochSecond() < permit.expiresAt()
                && owners.findOwner(image.owner()).filter(Owner::isActive).isPresent();
    }

    private static String text(Image image, long expiresAt) {
        return image.filename() + "\n" + expiresAt + "\n" + image.sharing().linkEpoch();
    }
}
