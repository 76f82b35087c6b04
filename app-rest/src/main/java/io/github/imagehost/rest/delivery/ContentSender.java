package io.github.imagehost.rest.delivery;

import com.google.common.io.ByteStreams;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.delivery.Redirects.Redirect;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.settings.ServiceLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Sends bytes: whole, in part, or not at all to those who have them. Safe for use by many threads. */
@Component
final class ContentSender {

    private static final Logger log = LoggerFactory.getLogger(ContentSender.class);

    private static final int BUFFER_SIZE = 16 * 1024;

    private final DownloadAdmission admission;
    private final ClientAddresses addresses;
    private final ServiceLimits limits;
    private final InstantSource clock;

    ContentSender(DownloadAdmission admission, ClientAddresses addresses, ServiceLimits limits, InstantSource clock) {
        this.admission = admission;
        this.addresses = addresses;
        this.limits = limits;
        this.clock = clock;
    }

    /** A HEAD is answered from here in any case: a signed link is signed for GET. */
    void send(Served served, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (served.dependsOnAccept()) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
        Caching caching = Caching.of(served.image().sharing(), clock.instant());
        Preconditions preconditions = new Preconditions(request, served.digest().hex(), caching);
        if (preconditions.fail()) {
            throw new ApiException(ApiError.PRECONDITION_FAILED);
        }
        if (preconditions.clientHasContent()) {
            describe(response, preconditions);
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            describe(response, preconditions, served, Optional.empty());
            return;
        }
        Optional<Redirect> elsewhere = served.elsewhere();
        if (elsewhere.isPresent()) {
            send(response, elsewhere.get());
            return;
        }
        Optional<ByteRange> range = requestedRange(request, response, served, preconditions);
        String client = addresses.clientOf(request);
        admission.enter(client);
        try {
            sendBytes(served, range, preconditions, request, response);
        } finally {
            admission.leave(client);
        }
    }

    private void sendBytes(
            Served served,
            Optional<ByteRange> range,
            Preconditions preconditions,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<Path> file = served.file();
        if (file.isPresent() && Sendfile.isOfferedFor(request)) {
            countView(served);
            describe(response, preconditions, served, range);
            Sendfile.leave(request, file.get(), range.orElseGet(() -> new ByteRange(0, served.size())));
            return;
        }
        try (InputStream in = file.isPresent() ? open(file.get(), range) : served.open(range)) {
            byte[] buffer = new byte[BUFFER_SIZE];
            int count = readFirst(in, buffer);
            // only now, since a store that can't give the bytes must not be answered for with their description
            countView(served);
            describe(response, preconditions, served, range);
            copy(in, new DownloadOutput(response.getOutputStream(), limits), buffer, count);
        }
    }

    /** Others may have seen it meanwhile as often as it may be seen. */
    private static void countView(Served served) {
        if (served.image().sharing().viewsLeft().isPresent() && !served.countView()) {
            throw new ApiException(ApiError.IMAGE_NOT_FOUND);
        }
    }

    private static InputStream open(Path file, Optional<ByteRange> range) {
        try {
            if (range.isEmpty()) {
                return Files.newInputStream(file);
            }
            SeekableByteChannel channel = Files.newByteChannel(file);
            // may lie behind the end of a file that was cut meanwhile: then there is nothing to read
            channel.position(range.get().offset());
            return ByteStreams.limit(
                    Channels.newInputStream(channel), range.get().length());
        } catch (IOException e) {
            throw new StoreUnavailableException("A file of an image is gone or can't be read", e);
        }
    }

    private static void send(HttpServletResponse response, Redirect elsewhere) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader(HttpHeaders.LOCATION, elsewhere.location().toASCIIString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, elsewhere.cacheControl());
    }

    private static void describe(HttpServletResponse response, Preconditions preconditions) {
        preconditions.etag().ifPresent(tag -> response.setHeader(HttpHeaders.ETAG, tag));
        response.setHeader(HttpHeaders.CACHE_CONTROL, preconditions.caching().control());
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    }

    private static void describe(
            HttpServletResponse response, Preconditions preconditions, Served served, Optional<ByteRange> range) {
        describe(response, preconditions);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, served.disposition().toString());
        // the digest of the whole, also in the answer with a part
        response.setHeader(ReprDigest.HEADER, ReprDigest.of(served.digest()));
        range.ifPresent(part -> {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE, "bytes " + part.offset() + "-" + part.last() + "/" + served.size());
        });
        response.setContentType(served.type().mimeType());
        response.setContentLengthLong(range.map(ByteRange::length).orElse(served.size()));
    }

    /**
     * The one range that is asked for. A header that is malformed, asks for several ranges, or is meant for other bytes
     * ({@code If-Range}) is ignored, as any may be (RFC 9110, 14.2): the whole is always a right answer. Several ranges
     * are what readers of documents ask for and never what shows images; each of them would be one more request to the
     * store, and many small ones are a known attack (14.2, 17.15).
     */
    private static Optional<ByteRange> requestedRange(
            HttpServletRequest request, HttpServletResponse response, Served served, Preconditions preconditions) {
        String header = request.getHeader(HttpHeaders.RANGE);
        if (header == null || !preconditions.rangeApplies()) {
            return Optional.empty();
        }
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(header);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (ranges.size() != 1) {
            return Optional.empty();
        }
        long size = served.size();
        long start = ranges.get(0).getRangeStart(size);
        long end = ranges.get(0).getRangeEnd(size);
        if (start >= size || end < start) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            throw new ApiException(ApiError.RANGE_NOT_SATISFIABLE);
        }
        return Optional.of(new ByteRange(start, end - start + 1));
    }

    /** A client that leaves is nobody's failure; a store that breaks off is, and the client must notice. */
    private static void copy(InputStream in, DownloadOutput out, byte[] buffer, int firstCount)
            throws CloseNowException {
        for (int count = firstCount; count >= 0; count = read(in, buffer)) {
            try {
                out.write(buffer, count);
            } catch (CloseNowException e) {
                throw e;
            } catch (IOException e) {
                log.debug("A client left while an image was served", e);
                return;
            }
        }
    }

    /**
     * As much as fits, so that with the first bytes the answer is on its way, and with damage before them it is not.
     */
    private static int readFirst(InputStream in, byte[] buffer) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new StoreUnavailableException("The store broke off before an image was served", e);
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new StoreUnavailableException("The store broke off while an image was served", e);
        }
    }
}
