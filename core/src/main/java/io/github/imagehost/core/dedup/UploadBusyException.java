package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.Retryable;

/**
 * Another upload of the same bytes, or another request for the same variant, did not come to an end in time. Nothing
 * was changed; the same call may succeed later.
 */
public final class UploadBusyException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    public UploadBusyException(String message) {
        super(message);
    }
}
