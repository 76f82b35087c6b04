package io.github.imagehost.core.diagnosis;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** A small object that a checkup stores for a moment: some bytes that nobody else stores. Immutable. */
public final class Probe implements ObjectContent {

    private static final String FOLDER = "imagehost-doctor-";
    private static final int COPIES = 16;

    private final byte[] bytes = UUID.randomUUID().toString().repeat(COPIES).getBytes(StandardCharsets.UTF_8);

    /** What no other object begins with, as the first segment of keys. */
    public static String freshFolder() {
        return FOLDER + UUID.randomUUID();
    }

    /** All of it. */
    public ByteRange whole() {
        return new ByteRange(0, bytes.length);
    }

    /**
     * Reads and closes what should be this part of it.
     *
     * @throws StoreException if it is something else
     */
    public void requirePart(ByteRange part, InputStream opened) throws IOException {
        byte[] expected = Arrays.copyOfRange(bytes, (int) part.offset(), (int) part.last() + 1);
        try (InputStream in = opened) {
            if (!Arrays.equals(in.readAllBytes(), expected)) {
                throw new StoreException("What is read is not what was stored");
            }
        }
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
