package io.github.imagehost.s3;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** No access key is set, and the SDK finds none where it looks for one. */
final class NoAccessKeyException extends SdkClientException {

    private static final long serialVersionUID = 1L;

    NoAccessKeyException(SdkException cause) {
        super(SdkClientException.builder().message("No access key was found").cause(cause));
    }
}
