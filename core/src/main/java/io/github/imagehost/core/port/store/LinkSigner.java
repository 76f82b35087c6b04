package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.ObjectKey;
import java.net.URI;
import java.time.Duration;

/**
 * Gives out links to the objects of an {@link ImageStore} which work without further rights, for a limited time. Safe
 * for use by many threads at once.
 */
public interface LinkSigner {

    /**
     * A link under which anybody can get this object until it expires. Asks nobody: the object need not exist.
     *
     * @param validity at least one second, at most seven days (the limit of AWS Signature Version 4)
     * @param headers what the store answers to this link, whatever it knows of the object itself
     * @throws IllegalArgumentException if the validity is outside these bounds
     * @throws StoreException if the store is closed
     */
    URI signedLink(ObjectKey key, Duration validity, AnswerHeaders headers);

    /**
     * Header fields of HTTP that describe an object to whoever follows a link to it; part of what is signed.
     *
     * @param contentType its {@code Content-Type}
     * @param contentDisposition its {@code Content-Disposition}, in ASCII
     * @param cacheControl its {@code Cache-Control}
     */
    record AnswerHeaders(String contentType, String contentDisposition, String cacheControl) {}
}
