package io.github.imagehost.rest.info;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.TransformSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells everybody what the service is like: what may be uploaded, how to log in, what is limited. Nothing of it is
 * secret, and nothing of it changes while the service runs.
 */
@RestController
class InfoController {

    private static final List<String> LOGINS = List.of("password", "token", "link", "invitation");
    private static final String LOGIN_AT_PROVIDER = "oidc";

    /** Not by caches that others share: its headers tell how many requests its client has left. */
    private static final String CACHING = "max-age=300, private";

    private final ServiceInfo info;
    private final String tag;
    private final Messages messages;

    /**
     * @param provider where people log in, if there is one
     * @param build what was built, if it was packaged
     */
    InfoController(
            ServiceSettings service,
            AccessSettings access,
            GuestSettings guests,
            ObjectProvider<IdentityProviderSettings> provider,
            UploadPolicy policy,
            FetchSettings fetching,
            TransformSettings variants,
            ImageEngine engine,
            ImageLinks links,
            ObjectProvider<BuildProperties> build,
            Messages messages,
            JsonMapper json) {
        this.info = new ServiceInfo(
                Optional.ofNullable(build.getIfAvailable())
                        .map(BuildProperties::getVersion)
                        .orElse(null),
                service.publicUrl().toString(),
                Labels.of(access.mode()),
                Stream.concat(LOGINS.stream(), provider.stream().map(present -> LOGIN_AT_PROVIDER))
                        .toList(),
                Messages.LANGUAGES.stream().map(Locale::getLanguage).toList(),
                ServiceInfo.labels(service.protocols()),
                ServiceInfo.Uploads.of(policy, fetching),
                ServiceInfo.Requests.ALL,
                ServiceInfo.Guests.of(guests),
                ServiceInfo.Variants.of(variants, engine),
                !links.leadToStore(),
                ServiceInfo.RateLimits.of(service));
        this.tag = Hashing.sha256().hashBytes(json.writeValueAsBytes(info)).toString();
        this.messages = messages;
    }

    @OpenToEverybody
    @GetMapping("/api/info")
    ResponseEntity<Envelope> info(HttpServletRequest request, HttpServletResponse response) {
        // in place of what every other answer of the API says
        response.setHeader(HttpHeaders.CACHE_CONTROL, CACHING);
        String language = messages.language(request).getLanguage();
        return ResponseEntity.ok()
                .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
                // weak, since the time in each answer is another one
                .eTag("W/\"" + tag + "-" + language + "\"")
                .body(Envelope.success(messages.text(request, "ok"), info));
    }
}
