package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What knows files of this machine that are objects of a store, byte by byte: whoever serves them can leave it to the
 * operating system. Safe for use by many threads at once.
 */
public interface ObjectFiles {

    /**
     * The file that is an object. It may only be read, from its first byte to the last that was asked for, and is gone
     * some time after somebody has deleted the object: then it can't be opened any more, but never has other bytes.
     *
     * @param digest the SHA-256 of the object. Whether it is compared, and when, is up to the implementation
     * @param size how many bytes the object has; a file with more or fewer is not given
     * @return an absolute path; empty if there is no such file, but perhaps an object, which can be
     *     {@linkplain ImageStore#open(ObjectKey) opened} or not
     * @throws ObjectNotFoundException if it is known that there is no such object; the message names the key
     * @throws StoreException if what there is under the key has another size, or is known to have another digest; the
     *     message names the key
     */
    Optional<Path> file(ObjectKey key, Digest digest, long size);
}
