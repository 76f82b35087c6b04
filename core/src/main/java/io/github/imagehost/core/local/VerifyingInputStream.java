package io.github.imagehost.core.local;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.MoreFiles;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads content on its way into a file and checks that it is what it announces. Failures to read are the source's fault
 * and therefore {@link StoreException}s, unlike failures to write.
 */
final class VerifyingInputStream extends FilterInputStream {

    private final ObjectKey key;
    private final ObjectContent content;
    private final HashingInputStream hashing;
    private long size;

    private VerifyingInputStream(ObjectKey key, ObjectContent content, HashingInputStream hashing) {
        super(hashing);
        this.key = key;
        this.content = content;
        this.hashing = hashing;
    }

    static VerifyingInputStream open(ObjectKey key, ObjectContent content) {
        try {
            return new VerifyingInputStream(key, content, new HashingInputStream(Hashing.sha256(), content.open()));
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    static Digest digestOf(Path file) throws IOException {
        return Digest.of(MoreFiles.asByteSource(file).hash(Hashing.sha256()).asBytes());
    }

    @Override
    public int read() {
        try {
            int result = in.read();
            size += result < 0 ? 0 : 1;
            return result;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int count = in.read(buffer, offset, length);
            size += Math.max(count, 0);
            return count;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    /** To be called at the end of the stream. */
    void verify() {
        Digest digest = Digest.of(hashing.hash().asBytes());
        if (size != content.size() || !digest.equals(content.digest())) {
            throw new ContentMismatchException("The bytes to store under " + key + " are " + size + " with " + digest
                    + ", announced were " + content.size() + " with " + content.digest());
        }
    }

    private static StoreException unreadable(ObjectKey key, IOException cause) {
        return new StoreException("Can't read the bytes to store under " + key, cause);
    }
}
