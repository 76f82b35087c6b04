package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;

/** What somebody wants to have stored once. */
public sealed interface ClaimRequest permits UploadRequest, VariantRequest {

    /** Two requests have the same one if and only if they are for the same object. */
    Digest identity();

    /** A fresh key: where the object goes if there is none yet. */
    ObjectKey objectKey();

    /** How long a reservation is to last. */
    Lease lease();
}
