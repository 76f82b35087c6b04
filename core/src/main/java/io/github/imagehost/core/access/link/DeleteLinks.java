package io.github.imagehost.core.access.link;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.OwnerLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/**
 * Signs links by which an image is deleted without a login, as long as it is there and its owner is not suspended.
 * Every operation may throw a {@link RepositoryException}. Safe for use by many threads.
 */
public final class DeleteLinks {

    private final OwnerLedger owners;
    private final LinkMac mac;

    /** @param repository stays open */
    public DeleteLinks(AccessRepository repository) {
        this.owners = repository;
        this.mac = new LinkMac(repository, LinkPurpose.DELETE);
    }

    /** The signature in the link: 43 characters that a URL may have. */
    public String sign(Image image) {
        return mac.of(image.filename());
    }

    /** Whether this is the signature in the image's link. */
    public boolean opens(Image image, String signature) {
        return mac.isOf(image.filename(), signature)
                && owners.findOwner(image.owner()).filter(Owner::isActive).isPresent();
    }
}
