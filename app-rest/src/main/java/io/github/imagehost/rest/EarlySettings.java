package io.github.imagehost.rest;

import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.rest.settings.LogFormat;
import io.github.imagehost.rest.settings.Protocol;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Tells Spring Boot what it has to know before there is a bean that could: what the log is to look like, whether there
 * are metrics and an identity provider, and which protocols are spoken.
 */
final class EarlySettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private final Supplier<Settings> settings;

    EarlySettings(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Map<String, Object> properties = new HashMap<>();
        LogFormat.from(settings.get())
                .structure()
                .ifPresent(structure -> properties.put("logging.structured.format.console", structure));
        if (ServiceSettings.hasMetrics(settings.get())) {
            properties.put(ServiceSettings.HAS_METRICS, true);
        }
        Protocol.from(settings.get()).forEach(protocol -> properties.put(Protocol.PROPERTY + protocol.label(), true));
        IdentityProviderSettings.from(settings.get()).ifPresent(provider -> {
            properties.put(ServiceSettings.HAS_IDENTITY_PROVIDER, true);
            provider.audience().ifPresent(audience -> properties.put(ServiceSettings.HAS_IDENTITY_TOKENS, true));
        });
        event.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", properties));
    }

    /** Before the log is set up. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }
}
