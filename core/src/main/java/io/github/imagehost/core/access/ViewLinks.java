package io.github.imagehost.core.access;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.repository.RepositoryException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Signs links to private images: whoever has one sees the image, in every size and format, until the link ends, or
 * until its owner takes all links of the image back or is suspended. Every operation may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
public final class ViewLinks {

    private final OwnerLedger owners;
    private final LinkMac mac;
    private final InstantSource clock;

    /** @param repository stays open */
    public ViewLinks(AccessRepository repository, InstantSource clock) {
        this.owners = repository;
        this.mac = new LinkMac(repository, LinkPurpose.VIEW);
        this.clock = clock;
    }

    /**
     * Signs a link.
     *
     * @param end a fraction of a second is cut off
     */
    public ViewPermit sign(Image image, Instant end) {
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
