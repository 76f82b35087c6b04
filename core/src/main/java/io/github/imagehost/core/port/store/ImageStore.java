package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps immutable objects under keys that the caller chooses and never uses twice. An object becomes visible whole or
 * not at all. Every call ends within a bounded time. Safe for use by many threads and many processes at once.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store does not answer and {@link StoreException}
 * when it refuses for good; neither message holds a secret.
 */
public interface ImageStore extends ObjectLister, AutoCloseable {

    /**
     * Stores these bytes under this key. When the method returns, the object is durable and has been checked against
     * its size and, where the store is able to, its digest.
     *
     * <p>May be repeated: if the key already holds the same bytes, this is a success. After a failure the key holds
     * either nothing or the whole object, and a request that is still under way may store it later.
     *
     * @throws ObjectAlreadyExistsException if the key holds other bytes, which stay untouched
     * @throws ContentMismatchException if the bytes are not what the content announces; nothing is stored
     * @throws StoreFullException if there is no room for them; nothing is stored
     */
    void put(ObjectKey key, ObjectContent content);

    /**
     * Opens an object from its first byte. Bytes may be read long after this returns, also of an object deleted
     * meanwhile, or the stream fails with an {@link java.io.IOException}; it never ends early without one.
     *
     * @return a stream that the caller closes, also before its end, which releases everything
     * @throws ObjectNotFoundException if there is no such object; the message names the key
     */
    InputStream open(ObjectKey key);

    /**
     * Opens part of an object, without reading what lies before it.
     *
     * @param range inside the object: it ends at the object's last byte at the latest
     * @return as {@link #open(ObjectKey)}, with exactly the range's bytes
     * @throws ObjectNotFoundException if there is no such object; the message names the key
     * @throws StoreException if the range does not lie inside the object
     */
    InputStream open(ObjectKey key, ByteRange range);

    /**
     * The size of an object in bytes.
     *
     * @return empty if there is no such object
     */
    Optional<Long> size(ObjectKey key);

    /**
     * Deletes objects, as many as there are. An absent object counts as deleted, so this may be repeated.
     *
     * @param keys any number, also none
     * @return the keys whose objects may still be there, each with the reason in plain words; empty when all are gone
     * @throws StoreUnavailableException if the store does not answer; some objects may be gone already
     */
    Map<ObjectKey, String> delete(Collection<ObjectKey> keys);

    /** What gives out links to the objects; empty if the store can't, as most can't. */
    default Optional<LinkSigner> linkSigner() {
        return Optional.empty();
    }

    /** What knows the objects' files; empty if they are no files of this machine. */
    default Optional<ObjectFiles> objectFiles() {
        return Optional.empty();
    }

    /**
     * Asks the store for a sign of life that needs the same place and rights as the other calls; changes nothing.
     *
     * @throws StoreFullException if it answers, but is known to have no room: it lately {@linkplain StoreRoom refused}
     *     to store something for that reason
     */
    void check();

    /** Ends everything that the store started and holds; may be repeated. Calls after it fail. */
    @Override
    void close();
}
