package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;

/**
 * The variant of a blob that somebody wants.
 *
 * @param source where the blob's bytes lie
 * @param identity which variant of which blob it is: equal for equal ones; never that of another variant, nor the
 *     digest of a content
 * @param type the format of the variant
 * @param objectKey a fresh key, where the variant goes if there is none yet
 * @param lease how long a reservation is to last
 */
public record VariantRequest(ObjectKey source, Digest identity, ImageType type, ObjectKey objectKey, Lease lease)
        implements ClaimRequest {}
