package io.github.imagehost.core.model.access;

import java.util.Arrays;

/** A key that links are signed with: 256 bits that nobody can guess. Immutable; no description tells it. */
public final class SigningKey {

    /** How many bytes a key has: as many as what it makes, as RFC 2104 recommends. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key that consists of these bytes.
     *
     * @throws IllegalArgumentException if there are not {@value #LENGTH} of them
     */
    public static SigningKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new SigningKey(bytes.clone());
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Tells no more than that it is one. */
    @Override
    public String toString() {
        return "SigningKey[…]";
    }
}
