package io.github.imagehost.rest.cache;

import io.github.imagehost.core.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an object. Its digest is compared before it is given to anybody, and again whenever the file does not look
 * as it did then. Safe for use by many threads.
 */
final class CachedFile {

    private final Path path;
    private final long size;
    private volatile @Nullable Verified verified;

    /**
     * Nothing is known yet of the file but its size.
     *
     * @param size in bytes
     */
    CachedFile(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Whether the file was compared with this digest, and looks as it did then. */
    boolean isKnownToBe(Digest digest) {
        Verified known = verified;
        try {
            return known != null && known.equals(Verified.now(path, digest));
        } catch (IOException e) {
            // it is gone, or can't be looked at any more
            return false;
        }
    }

    /** Reads the file, and notes if it has this digest; answers whether it has. */
    boolean verify(Digest digest) {
        try {
            Verified before = Verified.now(path, digest);
            try (InputStream in = Files.newInputStream(path)) {
                if (!Digest.ofAll(in).equals(digest)) {
                    return false;
                }
            }
            verified = before;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes that what was just written has this digest. */
    void verifiedAs(Digest digest) throws IOException {
        verified = Verified.now(path, digest);
    }

    /** What a file looks like that was compared with a digest; the file's key is null where there is none. */
    private record Verified(
            Digest digest,
            long size,
            FileTime modified,
            @Nullable Object fileKey) {

        static Verified now(Path path, Digest digest) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Verified(digest, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }
}
