package io.github.imagehost.rest.settings;

import com.google.common.base.Ascii;
import com.google.common.collect.Sets;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.source.AddressRules;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.ListeningAddress;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings of the service itself.
 *
 * @param bindAddress where it listens
 * @param port where it listens; 0 for any free port
 * @param publicUrl where people reach it, without a slash at the end
 * @param hostNames the only names by which it answers, in lower case; empty if it answers by every name
 * @param transportSecurity what browsers are told of TLS
 * @param delivery how it gives out the bytes of images
 * @param dataDirectory where it keeps what it has to keep itself
 * @param corsOrigins the origins whose pages may use the API
 * @param trustedProxies whose word on the client's address counts
 * @param rateLimit how many requests a client may make; empty if any number
 * @param ownerRateLimit how many requests an owner may make in all sessions together; empty if any number
 * @param uploadLimits how much may be uploaded at once
 * @param downloadsPerClient how many images may be on their way to one client at once
 * @param sweepInterval how long to wait between two sweeps
 * @param metadataAge how long what was read of an image may be used again; zero if it may not
 * @param metrics where it tells its metrics; empty if it has none
 * @param logFormat what the lines of its log look like
 * @param accessLog the file that gets a line for each request; empty if none does
 * @param protocols what it speaks beside its own protocol
 */
public record ServiceSettings(
        InetAddress bindAddress,
        int port,
        URI publicUrl,
        Optional<Set<String>> hostNames,
        TransportSecurity transportSecurity,
        Delivery delivery,
        DataDirectory dataDirectory,
        Set<Origin> corsOrigins,
        List<Network> trustedProxies,
        Optional<RateLimit> rateLimit,
        Optional<RateLimit> ownerRateLimit,
        UploadLimits uploadLimits,
        int downloadsPerClient,
        Duration sweepInterval,
        Duration metadataAge,
        Optional<InetSocketAddress> metrics,
        LogFormat logFormat,
        Optional<Path> accessLog,
        Set<Protocol> protocols) {

    /** The property of Spring's that is there if {@link #metrics()} are. */
    public static final String HAS_METRICS = "imagehost.metrics";

    /** The property of Spring's that is there if people log in at an identity provider. */
    public static final String HAS_IDENTITY_PROVIDER = "imagehost.identity-provider";

    /** The property of Spring's that is there if tokens of the identity provider are credentials. */
    public static final String HAS_IDENTITY_TOKENS = "imagehost.identity-tokens";

    /** How the service gives out the bytes of images. */
    public enum Delivery {
        /** It passes them on. */
        PROXY,
        /** It sends clients to the store, with a link that works for a while. */
        REDIRECT,
        /** It sends clients to where everybody can read the store. */
        PUBLIC
    }

    /** What browsers are told by HTTP Strict Transport Security (RFC 6797), for a year. */
    public enum TransportSecurity {
        /** Nothing: people reach the service without TLS. */
        NONE,
        /** That the service's name is reached by TLS only. */
        HOST,
        /** That every name below it is, too. */
        HOST_AND_SUBDOMAINS
    }

    /**
     * A limit on somebody's requests.
     *
     * @param requests how many
     * @param window in how long a time
     */
    public record RateLimit(long requests, Duration window) {}

    /**
     * A limit on what is uploaded at once.
     *
     * @param count how many requests
     * @param bytes how many bytes all of them may hold; more than any one of them may
     * @param time how long each of them may take to arrive; a request with JSON has as long
     */
    public record UploadLimits(int count, long bytes, Duration time) {

        /** How many files one request may hold. */
        public static final int MAX_FILES = 10;

        /** How many digests one request may ask for. */
        public static final int MAX_DIGESTS = 1000;
    }

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    /** What a machine calls itself. */
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final long DEFAULT_RATE_LIMIT = 100;
    /** Times the limit of a client: somebody who drops folders on a page and scrolls through it stays within. */
    private static final long OWNER_SHARE = 20;

    private static final Duration DEFAULT_RATE_LIMIT_WINDOW = Duration.ofMinutes(15);
    /** Each may hold a thread and a file for as long as its client takes. */
    private static final int DEFAULT_UPLOADS = 150;

    private static final int MOST_UPLOADS = 10_000;
    /** Leaves others half of the connections that the S3 store has for downloads. */
    private static final int DEFAULT_DOWNLOADS = 32;

    private static final int MOST_DOWNLOADS = 10_000;
    private static final long DEFAULT_UPLOADS_BYTES = 2L * 1024 * 1024 * 1024;
    /** How long another process may still see what was deleted. */
    private static final Duration DEFAULT_METADATA_AGE = Duration.ofSeconds(5);

    private static final Duration LONGEST_METADATA_AGE = Duration.ofHours(1);
    private static final long LARGEST_RATE_LIMIT = 1_000_000_000;

    /**
     * Reads the settings.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static ServiceSettings from(Settings settings) {
        InetAddress bindAddress = ListeningAddress.from(settings, "BIND_ADDRESS");
        URI publicUrl = ImageLinks.publicUrl(settings);
        return new ServiceSettings(
                bindAddress,
                (int) settings.wholeNumber("PORT", 3000, 0, 65535),
                publicUrl,
                hostNames(bindAddress, publicUrl),
                transportSecurity(settings, publicUrl),
                delivery(settings),
                DataDirectory.from(settings),
                settings.list("CORS_ORIGINS").stream()
                        .map(ServiceSettings::origin)
                        .collect(Collectors.toUnmodifiableSet()),
                AddressRules.networks(settings, "TRUSTED_PROXIES"),
                rateLimit(settings, requestsOfClient(settings, bindAddress)),
                rateLimit(settings, requestsOfOwner(settings, bindAddress)),
                uploadLimits(settings),
                (int) settings.wholeNumber("DOWNLOADS_PER_CLIENT", DEFAULT_DOWNLOADS, 1, MOST_DOWNLOADS),
                settings.duration("SWEEP_INTERVAL", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)),
                settings.duration("METADATA_CACHE", DEFAULT_METADATA_AGE, Duration.ZERO, LONGEST_METADATA_AGE),
                metrics(settings),
                LogFormat.from(settings),
                settings.parse("ACCESS_LOG", "the path of a file", text -> Optional.of(Path.of(text))),
                Protocol.from(settings));
    }

    private static Optional<InetSocketAddress> metrics(Settings settings) {
        InetAddress address = ListeningAddress.from(settings, "METRICS_ADDRESS");
        if (!hasMetrics(settings)) {
            return Optional.empty();
        }
        return Optional.of(new InetSocketAddress(address, (int) settings.wholeNumber("METRICS_PORT", 0, 0, 65535)));
    }

    /** Whether anything is to be measured, which Spring Boot has to know before anything is there. */
    public static boolean hasMetrics(Settings settings) {
        return settings.has("METRICS_PORT");
    }

    /**
     * Without a login, every page could use a service on its visitor's machine by pointing its own name there (DNS
     * rebinding). A service that strangers reach anyway would gain nothing by looking at names.
     */
    private static Optional<Set<String>> hostNames(InetAddress bindAddress, URI publicUrl) {
        if (!bindAddress.isLoopbackAddress()) {
            return Optional.empty();
        }
        // there is no host for Java's URIs in some that browsers understand, such as http://127.1:3000
        String name = PORT.matcher(publicUrl.getRawAuthority()).replaceFirst("");
        return Optional.of(
                Sets.union(LOCAL_NAMES, Set.of(Ascii.toLowerCase(name))).immutableCopy());
    }

    private static TransportSecurity transportSecurity(Settings settings, URI publicUrl) {
        boolean subdomains = settings.flag("HSTS_SUBDOMAINS", false);
        if ("https".equals(publicUrl.getScheme())) {
            return subdomains ? TransportSecurity.HOST_AND_SUBDOMAINS : TransportSecurity.HOST;
        }
        if (subdomains) {
            throw new SettingsException("HSTS_SUBDOMAINS is true, but PUBLIC_URL is '" + publicUrl
                    + "': it has to begin with https://, since browsers are told to use nothing else");
        }
        return TransportSecurity.NONE;
    }

    private static Delivery delivery(Settings settings) {
        Delivery delivery = settings.parse(
                        "DELIVERY",
                        "proxy, redirect or public",
                        text -> Optional.of(Delivery.valueOf(text.toUpperCase(Locale.ROOT))))
                .orElse(Delivery.PROXY);
        if (delivery == Delivery.REDIRECT) {
            settings.required("S3_BUCKET", "because DELIVERY is redirect");
        }
        if (delivery == Delivery.PUBLIC) {
            settings.required("S3_PUBLIC_URL", "because DELIVERY is public");
        }
        return delivery;
    }

    /** The embedded default is one person's own machine; a limit there is only in the way unless somebody sets one. */
    private static long requestsOfClient(Settings settings, InetAddress bindAddress) {
        boolean embedded = bindAddress.isLoopbackAddress()
                && !settings.has("DB_HOST")
                && !settings.has("S3_BUCKET")
                && !settings.has("TRUSTED_PROXIES");
        return settings.wholeNumber("RATE_LIMIT_MAX", embedded ? 0 : DEFAULT_RATE_LIMIT, 0, LARGEST_RATE_LIMIT);
    }

    private static long requestsOfOwner(Settings settings, InetAddress bindAddress) {
        long ifAbsent = Math.min(OWNER_SHARE * requestsOfClient(settings, bindAddress), LARGEST_RATE_LIMIT);
        return settings.wholeNumber("RATE_LIMIT_OWNER_MAX", ifAbsent, 0, LARGEST_RATE_LIMIT);
    }

    private static Optional<RateLimit> rateLimit(Settings settings, long requests) {
        Duration window = settings.duration(
                "RATE_LIMIT_WINDOW", DEFAULT_RATE_LIMIT_WINDOW, Duration.ofSeconds(1), Duration.ofDays(1));
        return requests == 0 ? Optional.empty() : Optional.of(new RateLimit(requests, window));
    }

    private static UploadLimits uploadLimits(Settings settings) {
        long largestRequest = UploadPolicy.from(settings).maxFileSize() * UploadLimits.MAX_FILES;
        return new UploadLimits(
                (int) settings.wholeNumber("UPLOADS_MAX", DEFAULT_UPLOADS, 1, MOST_UPLOADS),
                settings.wholeNumber(
                        "UPLOADS_MAX_BYTES",
                        Math.max(DEFAULT_UPLOADS_BYTES, largestRequest),
                        largestRequest,
                        Long.MAX_VALUE),
                settings.duration("UPLOAD_TIMEOUT", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)));
    }

    private static Origin origin(String text) {
        try {
            return new Origin(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "CORS_ORIGINS names '" + text + "', but legal are " + Origin.RULE
                            + "; there is no * for all of them, because then every page on the web could delete images",
                    e);
        }
    }
}
