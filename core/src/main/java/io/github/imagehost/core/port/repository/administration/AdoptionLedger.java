package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** The part of the {@link AdministrableRepository} that takes over what lies in the store already. */
public interface AdoptionLedger {

    /**
     * Makes an image of an object, without moving a byte. Whoever calls it has made sure that the object is in the
     * store, and that its bytes are what the request says. May be repeated, and then answers {@link Adoption.Known}.
     *
     * <p>Content is live once at the most, also here. An object with bytes that another blob has already is remembered
     * as a copy: it goes when that blob goes. An image of another owner points to that blob; of the same owner there is
     * one already, and the filename and the id become further names of that one.
     *
     * @throws QuotaExceededException if the owner would have more than its quota allows; nothing was adopted
     * @throws RepositoryException if the digest is known with another size, which means that one of the two is corrupt
     */
    Adoption adopt(AdoptionRequest request);

    /**
     * The same for an image that its owner had before. It counts as every image does, but is there also if the owner
     * has more than its quota allows then, as it may have had before.
     */
    Adoption restore(AdoptionRequest request);
}
