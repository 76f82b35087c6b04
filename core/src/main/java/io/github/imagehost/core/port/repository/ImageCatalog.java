package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SearchText;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The part of the {@link MetadataRepository} that finds live images. */
public interface ImageCatalog {

    /**
     * An image of this owner, by its id or that of one that was folded into it when it was adopted.
     *
     * @return empty if there is none with this id, if it is deleted, or if it is somebody else's
     */
    Optional<Image> findById(OwnerId owner, long id);

    /**
     * This owner's images of the bytes with these digests that a {@link UploadLedger#claim} would answer as
     * {@link Claim.Existing} and change nothing: all but those whose bytes are noted as missing, and those that
     * {@linkplain Sharing#isLimited end} some time, which the claim may extend. Costs a query for some hundreds of
     * them, and no lock.
     *
     * @param digests of bytes as they were uploaded, any number
     * @return without those that there is no such image of
     */
    Map<Digest, Image> findExisting(OwnerId owner, Collection<Digest> digests);

    /**
     * The image behind a link, whoever owns it, by its filename or a further one that it was adopted with.
     *
     * @param filename any text
     * @return empty if there is none with this filename or if it is deleted
     */
    Optional<Image> findByFilename(String filename);

    /**
     * One page of an owner's images as they are at one moment; see {@link ImageQuery} for what is in it. A
     * {@link SearchText} finds an image by its further names, too. Images that have ended are in it until they are
     * removed.
     */
    ImagePage list(ImageQuery query);
}
