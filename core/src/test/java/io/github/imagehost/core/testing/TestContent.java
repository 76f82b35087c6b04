package io.github.imagehost.core.testing;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.store.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;

/** Bytes to store, with a description that may be wrong on purpose. */
public final class TestContent implements ObjectContent {

    private final byte[] bytes;
    private final Digest digest;
    private final long size;

    private TestContent(byte[] bytes, Digest digest, long size) {
        this.bytes = bytes;
        this.digest = digest;
        this.size = size;
    }

    /** These bytes, rightly described. */
    public static TestContent of(byte[] bytes) {
        return new TestContent(bytes.clone(), digestOf(bytes), bytes.length);
    }

    /** This many bytes that a seed determines, rightly described. */
    public static TestContent ofSize(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return of(bytes);
    }

    /** The same bytes announced with another digest. */
    public TestContent withDigest(Digest wrong) {
        return new TestContent(bytes, wrong, size);
    }

    /** The same bytes announced with another size. */
    public TestContent withSize(long wrong) {
        return new TestContent(bytes, digest, wrong);
    }

    /** The SHA-256 of these bytes. */
    public static Digest digestOf(byte[] bytes) {
        return Digest.of(Hashing.sha256().hashBytes(bytes).asBytes());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public Digest digest() {
        return digest;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String mimeType() {
        return "image/png";
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
