package io.github.imagehost.rest.accesslog;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.request.ClientText;
import io.github.imagehost.rest.request.RequestRecord;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.AccessLogValve;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tomcat's access log, with lines of our own: JSON, under the address that the client has behind trusted proxies, and
 * without what is secret. Each line is in the file when its request has ended. Whoever moves the file away gets a new
 * one.
 */
public final class AccessLog extends AccessLogValve {

    private static final ByteSentElement BYTES = new ByteSentElement(false);

    private final ClientAddresses addresses;
    private final JsonMapper json;
    private final InstantSource clock;

    /**
     * @param file is made if it is absent, and appended to otherwise
     * @throws SettingsException if that can't be done
     */
    public AccessLog(Path file, ClientAddresses addresses, JsonMapper json, InstantSource clock) {
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
        Path absolute = file.toAbsolutePath().normalize();
        requireWritable(absolute);
        setDirectory(String.valueOf(absolute.getParent()));
        setPrefix(String.valueOf(absolute.getFileName()));
        setSuffix("");
        setEncoding(StandardCharsets.UTF_8.name());
        setRotatable(false);
        setCheckExists(true);
        setBuffered(false);
    }

    /** Tomcat would go on without the log. */
    private static void requireWritable(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new SettingsException(
                    "ACCESS_LOG is '" + file
                            + "', but legal is a file that can be written, in a directory that is there",
                    e);
        }
    }

    @Override
    public void log(Request request, Response response, long nanoseconds) {
        if (!getState().isAvailable()) {
            return;
        }
        CharArrayWriter line = new CharArrayWriter();
        json.writeValue(line, line(request, response, nanoseconds));
        log(line);
    }

    private AccessLogLine line(Request request, Response response, long nanoseconds) {
        Optional<RequestRecord> record = RequestRecord.find(request);
        Optional<Principal> sender = RequestPrincipal.of(request);
        return new AccessLogLine(
                Timestamps.format(clock.instant()),
                record.map(RequestRecord::id).orElse(null),
                addresses.clientOf(request),
                request.getMethod(),
                Optional.ofNullable(request.getDecodedRequestURI())
                        .map(ClientText::decode)
                        .map(LoggedAddress::path)
                        .orElse(null),
                Optional.ofNullable(request.getQueryString())
                        .map(LoggedAddress::query)
                        .orElse(null),
                record.map(RequestRecord::status).orElseGet(response::getStatus),
                bytes(request, response, nanoseconds),
                TimeUnit.NANOSECONDS.toMillis(nanoseconds),
                record.flatMap(RequestRecord::error).orElse(null),
                sender.map(principal -> principal.owner().value()).orElse(null),
                sender.flatMap(Principal::token).map(AccessToken::id).orElse(null));
    }

    /** Tomcat's own count, which knows of what the system sends for it. */
    private static long bytes(Request request, Response response, long nanoseconds) {
        CharArrayWriter count = new CharArrayWriter();
        BYTES.addElement(count, request, response, nanoseconds);
        return Long.parseLong(count.toString());
    }
}
