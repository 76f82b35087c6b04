package io.github.imagehost.core.access.source;

import com.google.common.base.Ascii;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sites may show the pictures in their pages. Browsers tell of which site a page is unless it does not want that,
 * and any program may say anything: this saves traffic, and protects no picture.
 *
 * @param hosts of these sites in lower case, {@code *.} before one for all that are below it; empty if all sites may
 */
public record HotlinkRules(Set<String> hosts) {

    private static final String HOTLINK_ALLOW = "HOTLINK_ALLOW";
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:]+]");
    /** Browsers send characters in paths and queries that are not legal in Java's URIs. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(\\[[^\\]/?#]*]|[^:/?#]+)");

    private static final String EVERY_HOST_BELOW = "*.";

    public HotlinkRules {
        hosts = Set.copyOf(hosts);
    }

    /**
     * Reads {@code HOTLINK_ALLOW}. The host of {@code PUBLIC_URL} always is one of them.
     *
     * @throws SettingsException if it is not legal
     */
    public static HotlinkRules from(Settings settings) {
        Set<String> hosts = new HashSet<>();
        for (String text : settings.list(HOTLINK_ALLOW)) {
            String host = Ascii.toLowerCase(text);
            if (!HOST.matcher(host).matches()) {
                throw new SettingsException(HOTLINK_ALLOW + " names '" + text
                        + "', but legal are hosts such as blog.example.com, or *.example.com for all below example.com:"
                        + " without a scheme, a port and a path");
            }
            hosts.add(host);
        }
        if (!hosts.isEmpty()) {
            Optional.ofNullable(ImageLinks.publicUrl(settings).getHost())
                    .map(Ascii::toLowerCase)
                    .ifPresent(hosts::add);
        }
        return new HotlinkRules(hosts);
    }

    /** Whether it matters which site a page is of. */
    public boolean areThere() {
        return !hosts.isEmpty();
    }

    /**
     * Whether a page may show pictures.
     *
     * @param referrer its address as its browser says, any text; empty if that is not told
     * @param ownHost by which the service was reached
     */
    public boolean allow(Optional<String> referrer, String ownHost) {
        return referrer.isEmpty()
                || referrer.flatMap(HotlinkRules::hostOf)
                        .filter(host -> host.equals(Ascii.toLowerCase(ownHost)) || isAllowed(host))
                        .isPresent();
    }

    private boolean isAllowed(String host) {
        if (hosts.contains(host)) {
            return true;
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (hosts.contains(EVERY_HOST_BELOW + host.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> hostOf(String referrer) {
        Matcher address = ADDRESS.matcher(referrer);
        return address.lookingAt() ? Optional.of(Ascii.toLowerCase(address.group(1))) : Optional.empty();
    }
}
