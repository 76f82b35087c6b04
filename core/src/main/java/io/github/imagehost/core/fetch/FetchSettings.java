package io.github.imagehost.core.fetch;

import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether links are fetched, and which. */
public final class FetchSettings {

    private static final String FETCH_URLS = "FETCH_URLS";
    private static final String FETCH_ALLOW = "FETCH_ALLOW";
    private static final String FETCH_TIMEOUT = "FETCH_TIMEOUT";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private final boolean isOn;
    private final List<AllowedTarget> allowed;
    private final Duration timeout;

    private FetchSettings(boolean isOn, List<AllowedTarget> allowed, Duration timeout) {
        this.isOn = isOn;
        this.allowed = List.copyOf(allowed);
        this.timeout = timeout;
    }

    /**
     * Reads {@code FETCH_URLS}, {@code FETCH_ALLOW} and {@code FETCH_TIMEOUT}, and, if the first is not set, who may
     * use the service: where nobody is asked who he is, the service goes nowhere for anybody.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static FetchSettings from(Settings settings) {
        boolean isOnIfAbsent = AccessSettings.from(settings).mode() != AccessMode.OPEN;
        return new FetchSettings(
                settings.flag(FETCH_URLS, isOnIfAbsent),
                allowed(settings),
                settings.duration(FETCH_TIMEOUT, TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT));
    }

    private static List<AllowedTarget> allowed(Settings settings) {
        List<AllowedTarget> targets = new ArrayList<>();
        for (String text : settings.list(FETCH_ALLOW)) {
            try {
                targets.add(AllowedTarget.parse(text));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        FETCH_ALLOW + " names '" + text + "', but legal are " + AllowedTarget.RULE, e);
            }
        }
        return targets;
    }

    /** Whether links are fetched at all. */
    public boolean isOn() {
        return isOn;
    }

    /** What may be asked though it is not in the public internet, or at another port. */
    List<AllowedTarget> allowed() {
        return allowed;
    }

    /** How long one fetch may take, its redirects included. */
    public Duration timeout() {
        return timeout;
    }
}
