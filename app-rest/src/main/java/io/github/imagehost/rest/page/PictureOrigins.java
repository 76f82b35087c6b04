package io.github.imagehost.rest.page;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.LinkSigner;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.Delivery;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Where browsers are sent for pictures beside the service itself. Safe for use by many threads. */
@Component
final class PictureOrigins {

    /** Any object will do: all of them are in the same place. */
    private static final ObjectKey ANY = new ObjectKey("any");

    private static final AnswerHeaders NOTHING = new AnswerHeaders("image/png", "inline", "no-store");

    private final Supplier<Set<String>> origins;

    PictureOrigins(Settings settings, ServiceSettings service, ImageStore store) {
        // a store may have to look for its access key before it can sign
        this.origins = Suppliers.memoize(() -> find(settings, service.delivery(), store));
    }

    /** As a Content-Security-Policy names them; none if the service passes all pictures on, or can't tell now. */
    Set<String> get() {
        try {
            return origins.get();
        } catch (StoreException e) {
            return Set.of();
        }
    }

    private static Set<String> find(Settings settings, Delivery delivery, ImageStore store) {
        Stream<URI> addresses = switch (delivery) {
            case PROXY -> Stream.empty();
            case REDIRECT -> store.linkSigner().stream().map(PictureOrigins::signed);
            case PUBLIC -> settings.webAddress("S3_PUBLIC_URL").stream();
        };
        return addresses
                .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static URI signed(LinkSigner signer) {
        return signer.signedLink(ANY, Duration.ofSeconds(1), NOTHING);
    }
}
