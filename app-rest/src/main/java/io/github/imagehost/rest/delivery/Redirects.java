package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.LinkSigner;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.Delivery;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Component;

/** Where clients are sent for the bytes of an image if the service does not pass them on itself. */
@Component
class Redirects {

    private static final Duration LINK_VALIDITY = Duration.ofHours(1);
    /** So short that a link out of a cache works for another half an hour at least. */
    private static final String LINK_CACHING = "public, max-age=1800";
    /** Nobody can ask for more under this link than its validity allows, and no cache on the way may give more. */
    private static final String LINKED_CACHING = "private, max-age=" + LINK_VALIDITY.toSeconds() + ", immutable";
    /** Not for ever: the address of the store is a setting. */
    private static final String ADDRESS_CACHING = "public, max-age=86400";

    private final Delivery delivery;
    private final Optional<LinkSigner> signer;
    private final ImageLinks links;

    Redirects(ServiceSettings settings, ImageStore store, ImageLinks links) {
        this.delivery = settings.delivery();
        this.signer = store.linkSigner();
        this.links = links;
    }

    /**
     * A place with the bytes.
     *
     * @param cacheControl who may remember for how long that they are there
     */
    record Redirect(URI location, String cacheControl) {}

    /**
     * Where to get the image; empty if it is from the service.
     *
     * @param disposition what has to be said of the image there
     */
    Optional<Redirect> of(Image image, ContentDisposition disposition) {
        if (!image.sharing().isLike(Sharing.UNLIMITED)) {
            // a link to the store would open it to others, or for longer
            return Optional.empty();
        }
        return switch (delivery) {
            case PROXY -> Optional.empty();
            case REDIRECT -> Optional.of(signed(image, disposition));
            // nobody can ask a public store for an attachment
            case PUBLIC -> disposition.isAttachment() ? Optional.empty() : Optional.of(unsigned(image));
        };
    }

    private Redirect signed(Image image, ContentDisposition disposition) {
        AnswerHeaders headers =
                new AnswerHeaders(image.content().type().mimeType(), disposition.toString(), LINKED_CACHING);
        // the settings allow this kind of delivery only with a store that can sign
        LinkSigner linkSigner = signer.orElseThrow();
        return new Redirect(linkSigner.signedLink(image.objectKey(), LINK_VALIDITY, headers), LINK_CACHING);
    }

    private Redirect unsigned(Image image) {
        return new Redirect(URI.create(links.urlOf(image)), ADDRESS_CACHING);
    }
}
