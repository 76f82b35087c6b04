package io.github.imagehost.core.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of some content: the identity that deduplication goes by (FIPS 180-4). Immutable. */
public final class Digest implements Comparable<Digest> {

    /** The number of bytes of a digest. */
    public static final int LENGTH = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The digest with these bytes.
     *
     * @param bytes exactly {@value #LENGTH} bytes; they are copied
     * @throws IllegalArgumentException if there are more or fewer bytes
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "A SHA-256 digest has " + LENGTH + " bytes, but these are " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /**
     * The digest of what a stream holds.
     *
     * @param in is read to its end and stays open
     * @throws IOException if it can't be read
     */
    public static Digest ofAll(InputStream in) throws IOException {
        DigestInputStream hashed = new DigestInputStream(in, sha256());
        hashed.transferTo(OutputStream.nullOutputStream());
        return new Digest(hashed.getMessageDigest().digest());
    }

    /** The computation of a digest, at its beginning. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest that is written as this text.
     *
     * @param hex 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Digest parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "A SHA-256 digest is written as 64 lower-case hexadecimal digits, not as '" + hex + "'");
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /** A copy of the {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The digest as 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Orders digests by their bytes, unsigned: the order of their hexadecimal form. */
    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The digest with its algorithm, as in {@code sha256:2c26…}. */
    @Override
    public String toString() {
        return "sha256:" + hex();
    }
}
