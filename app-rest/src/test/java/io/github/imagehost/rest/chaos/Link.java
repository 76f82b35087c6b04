package io.github.imagehost.rest.chaos;

/**
 * What an upload was answered.
 *
 * @param id the image's number
 * @param filename the last part of its link
 * @param digest what its bytes hash to, in hexadecimal digits
 */
record Link(long id, String filename, String digest) {

    /** Where the service serves it. */
    String path() {
        return "/i/" + filename;
    }

    /** Where the service serves its thumbnail. */
    String thumbnailPath() {
        return path() + "/thumb";
    }
}
