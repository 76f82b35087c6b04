package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.model.OwnerId;

/**
 * What an upload was answered.
 *
 * @param id the image's number
 * @param owner whose it is
 * @param filename the last part of its link
 * @param digest what its bytes hash to, in hexadecimal digits
 */
record Link(long id, OwnerId owner, String filename, String digest) {

    /** Where the service serves it. */
    String path() {
        return "/i/" + filename;
    }

    /** Where the service serves its thumbnail. */
    String thumbnailPath() {
        return path() + "/thumb";
    }
}
