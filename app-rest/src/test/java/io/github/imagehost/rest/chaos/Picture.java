package io.github.imagehost.rest.chaos;

import com.google.common.hash.Hashing;

/**
 * A picture that clients upload.
 *
 * @param bytes never changed
 * @param digest their SHA-256 in hexadecimal digits, as the service writes it
 */
record Picture(byte[] bytes, String digest) {

    static Picture of(byte[] bytes) {
        return new Picture(bytes, digestOf(bytes));
    }

    static String digestOf(byte[] bytes) {
        return Hashing.sha256().hashBytes(bytes).toString();
    }
}
