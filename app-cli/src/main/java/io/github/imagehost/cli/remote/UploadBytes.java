package io.github.imagehost.cli.remote;

import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** The bytes of a picture that is to be sent, perhaps several times. For one thread at a time. */
final class UploadBytes implements AutoCloseable {

    private static final String PREFIX = "imagehost-upload-";
    private static final int BUFFER = 64 * 1024;

    private final PictureItem item;
    private final Optional<TemporaryFile> copy;
    private final Digest digest;
    private final long size;

    private UploadBytes(PictureItem item, Optional<TemporaryFile> copy, Digest digest, long size) {
        this.item = item;
        this.copy = copy;
        this.digest = digest;
        this.size = size;
    }

    /**
     * Reads a picture to its end. What has no known size, such as standard input, is copied, since it may be there only
     * once.
     *
     * @param maxSize if there are more bytes, little further than that is read
     * @throws IOException if it can't be read, or not be copied
     */
    static UploadBytes of(PictureItem item, long maxSize) throws IOException {
        if (item.size() > 0) {
            return read(item, Optional.empty(), maxSize);
        }
        TemporaryFile copy = TemporaryFile.createIn(Path.of(System.getProperty("java.io.tmpdir")), PREFIX);
        try {
            return read(item, Optional.of(copy), maxSize);
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static UploadBytes read(PictureItem item, Optional<TemporaryFile> copy, long maxSize) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = new DigestInputStream(item.open(), sha256)) {
            for (int count = in.read(buffer); count >= 0 && size <= maxSize; count = in.read(buffer)) {
                size += count;
                if (copy.isPresent()) {
                    copy.get().write(buffer, count);
                }
            }
        }
        return new UploadBytes(item, copy, Digest.of(sha256.digest()), size);
    }

    Digest digest() {
        return digest;
    }

    long size() {
        return size;
    }

    /** A new stream over them, which the caller closes. */
    InputStream open() throws IOException {
        return copy.isPresent() ? copy.get().open() : item.open();
    }

    /** Gives the space of a copy back. */
    @Override
    public void close() throws IOException {
        if (copy.isPresent()) {
            copy.get().close();
        }
    }
}
