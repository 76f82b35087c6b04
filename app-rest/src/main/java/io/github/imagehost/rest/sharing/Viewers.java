package io.github.imagehost.rest.sharing;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.access.SessionCookie;
import io.github.imagehost.rest.guard.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows who may see which image. Asks nobody anything for a public one. Safe for use by many threads. */
@Component
public final class Viewers {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final ViewLinks links;
    private final Principals principals;
    private final SessionCookie cookie;
    private final ClientAddresses addresses;

    Viewers(ViewLinks links, Principals principals, SessionCookie cookie, ClientAddresses addresses) {
        this.links = links;
        this.principals = principals;
        this.cookie = cookie;
        this.addresses = addresses;
    }

    /** Whether whoever has sent this request may see the image. */
    public boolean maySee(Image image, HttpServletRequest request) {
        return image.sharing().visibility() == Visibility.PUBLIC
                || isPermitted(image, request)
                || RequestPrincipal.of(request)
                        .filter(sender -> sender.maySee(image))
                        .isPresent()
                || inSession(request).filter(sender -> sender.maySee(image)).isPresent();
    }

    private boolean isPermitted(Image image, HttpServletRequest request) {
        @Nullable String end = request.getParameter(ImageLinks.END_PARAMETER);
        @Nullable String signature = request.getParameter(ImageLinks.SIGNATURE_PARAMETER);
        return end != null
                && signature != null
                && SECONDS.matcher(end).matches()
                && links.opens(image, new ViewPermit(Long.parseLong(end), signature));
    }

    /** Images are for everybody, so that nobody has looked for a session yet. */
    private Optional<Principal> inSession(HttpServletRequest request) {
        return cookie.of(request).flatMap(secret -> {
            try {
                Principal principal = principals.ofSession(secret);
                principal.check(addresses.sourceOf(request));
                return Optional.of(principal);
            } catch (CredentialRefusedException | SourceRefusedException e) {
                return Optional.empty();
            }
        });
    }
}
