package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.util.Optional;

/** The part of the {@link MetadataRepository} that sees to it that content is stored once. */
public interface UploadLedger extends ReservationLedger {

    /**
     * Asks for the right to store content, or for the image that makes this unnecessary. Assumes that the content is
     * new, and costs more if it is not; {@link ImageCatalog#findExisting} tells more cheaply what an owner has.
     *
     * <p>May be repeated with the same request after an unknown outcome, and then continues where that one ended. A
     * reservation with the request's filename is answered again as {@link Claim.Reserved}, also if its lease has run
     * out. An image with that filename is answered as {@link Claim.Attached}, also if it was made by completing the
     * reservation, unless its object is missing. If the reservation was lost, or the image deleted or ended, meanwhile,
     * the answer is {@link Claim.KeyUsed}, as long as the name is {@linkplain DeletionLedger#condemnExpired
     * remembered}. A claim that fails may have reserved the content all the same; as nobody completes that reservation,
     * it runs out.
     *
     * <p>Answered with an image that {@linkplain Sharing#isLimited ends} some time, it {@linkplain Sharing#extendedTo
     * extends} that one to what the request wants, unless an earlier try of the request made it.
     *
     * @return never {@link Claim.SourceGone}
     * @throws QuotaExceededException if the owner would be attached to more than its quota allows
     * @throws RepositoryException if the digest is known with another size, which means that one of the two is corrupt
     */
    Claim<UploadRequest, Image> claim(UploadRequest request);

    /**
     * Turns a reservation into a stored blob with an image of this owner. Call it only after the object is durable. May
     * be repeated: while the image it made is live, it is returned again.
     *
     * @return the new image, or, of content that was missing, the one that this owner has; empty if the reservation
     *     {@linkplain #isLost is lost}, because its lease ran out and somebody condemned it, if content that was
     *     missing is to have other bytes by now, or if the image that it would return was deleted or has ended
     *     meanwhile
     * @throws QuotaExceededException if the owner would have more than its quota allows; the reservation stays
     */
    Optional<Image> complete(Reservation<UploadRequest> reservation);
}
