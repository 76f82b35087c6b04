package io.github.imagehost.core.diagnosis;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A small object that a checkup stores for a moment. Immutable. */
public final class Probe implements ObjectContent {

    private static final String FOLDER = "imagehost-doctor-";
    private static final int COPIES = 16;

    private final byte[] bytes;

    private Probe(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What no other object begins with, as the first segment of keys. */
    public static String freshFolder() {
        return FOLDER + UUID.randomUUID();
    }

    /** Some bytes that nobody else stores. */
    public static Probe fresh() {
        return new Probe(UUID.randomUUID().toString().repeat(COPIES).getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public Digest digest() {
        return Digest.of(Hashing.sha256().hashBytes(bytes).asBytes());
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public String mimeType() {
        return "text/plain";
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
