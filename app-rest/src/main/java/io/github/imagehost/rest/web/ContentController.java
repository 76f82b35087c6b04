package io.github.imagehost.rest.web;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Serves the bytes of images: whole, in part, or not at all to those who have them. */
@Controller
class ContentController {

    private static final Logger log = LoggerFactory.getLogger(ContentController.class);

    /** The bytes behind a link never change (RFC 8246). */
    private static final String CACHE_FOR_EVER = "public, max-age=31536000, immutable";

    private static final int BUFFER_SIZE = 16 * 1024;

    private final ImageHost host;

    ContentController(ImageHost host) {
        this.host = host;
    }

    @GetMapping(ImageLinks.PATH + "{filename}")
    void content(@PathVariable("filename") String filename, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Image image = host.findByFilename(filename).orElseThrow(() -> new ApiException(ApiError.IMAGE_NOT_FOUND));
        Preconditions preconditions =
                new Preconditions(request, image.content().digest().hex());
        if (preconditions.fail()) {
            throw new ApiException(ApiError.PRECONDITION_FAILED);
        }
        response.setHeader(HttpHeaders.ETAG, preconditions.etag());
        if (preconditions.clientHasContent()) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_FOR_EVER);
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        Optional<ByteRange> range = requestedRange(request, response, image, preconditions);
        long length = range.map(ByteRange::length).orElse(image.content().size());
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            describe(response, image, range, length);
            return;
        }
        try (ImageContent content = range.isPresent() ? host.open(image, range.get()) : host.open(image)) {
            describe(response, image, range, length);
            copy(content.stream(), response.getOutputStream());
        }
    }

    private static void describe(HttpServletResponse response, Image image, Optional<ByteRange> range, long length) {
        range.ifPresent(part -> {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes " + part.offset() + "-" + part.last() + "/"
                            + image.content().size());
        });
        response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_FOR_EVER);
        response.setContentType(image.content().type().mimeType());
        response.setContentLengthLong(length);
    }

    /**
     * The one range that is asked for (RFC 9110, 14.2). A header that is malformed, asks for several ranges, or is meant for
     * other bytes ({@code If-Range}) is ignored: the whole is always a right answer.
     */
    private static Optional<ByteRange> requestedRange(
            HttpServletRequest request, HttpServletResponse response, Image image, Preconditions preconditions) {
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
        long size = image.content().size();
        long start = ranges.get(0).getRangeStart(size);
        long end = ranges.get(0).getRangeEnd(size);
        if (start >= size || end < start) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            throw new ApiException(ApiError.RANGE_NOT_SATISFIABLE);
        }
        return Optional.of(new ByteRange(start, end - start + 1));
    }

    /** A client that leaves is nobody's failure; a store that breaks off is, and the client must notice. */
    private static void copy(InputStream in, OutputStream out) {
        byte[] buffer = new byte[BUFFER_SIZE];
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                throw new StoreUnavailableException("The store broke off while an image was served", e);
            }
            if (count < 0) {
                return;
            }
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                log.debug("A client left while an image was served", e);
                return;
            }
        }
    }
}
