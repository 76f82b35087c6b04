package io.github.imagehost.rest.web;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.intake.EmptyUploadException;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.UploadRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadBase;
import org.apache.tomcat.util.http.fileupload.impl.InvalidContentTypeException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.springframework.http.ContentDisposition;

/**
 * The files of one multipart request, received as a stream: none is stored before the request has come to its proper end. Close
 * it to release what they hold.
 */
final class MultipartUpload implements AutoCloseable {

    private static final int MAX_PART_HEADER_SIZE = 8 * 1024;
    /** Room for other fields, and for files that are too large, which must not spoil the others. */
    private static final int REQUEST_SIZE_FACTOR = 2;

    private static final long REQUEST_SIZE_EXTRA = 1024 * 1024;

    /**
     * One file of a request: either received or refused.
     *
     * @param index which file of the request, counted from 0
     * @param originalName what the client calls it
     */
    record Part(
            int index,
            String originalName,
            Optional<ReceivedImage> received,
            Optional<UploadRefusedException> refused) {}

    private final List<Part> parts = new ArrayList<>();

    private MultipartUpload() {}

    /**
     * Receives the only file of a field. If it is refused, the rest of the request is not read.
     *
     * @throws ApiException if there is none, or more than one, or if the request is broken
     * @throws UploadRefusedException if the file is refused
     */
    static MultipartUpload receiveOne(ImageHost host, HttpServletRequest request, String field, long maxFileSize) {
        MultipartUpload upload = receive(host, request, field, 1, maxFileSize, true);
        if (upload.parts.isEmpty()) {
            throw new ApiException(ApiError.FILE_REQUIRED);
        }
        return upload;
    }

    /**
     * Receives all files of a field. Those that are refused don't spoil the others.
     *
     * @throws ApiException if there is none, or more than the limit, or if the request is broken
     */
    static MultipartUpload receiveAll(
            ImageHost host, HttpServletRequest request, String field, int maxFiles, long maxFileSize) {
        MultipartUpload upload = receive(host, request, field, maxFiles, maxFileSize, false);
        if (upload.parts.isEmpty()) {
            throw new ApiException(ApiError.FILE_REQUIRED);
        }
        return upload;
    }

    private static MultipartUpload receive(
            ImageHost host,
            HttpServletRequest request,
            String field,
            int maxFiles,
            long maxFileSize,
            boolean stopAtRefusal) {
        MultipartUpload upload = new MultipartUpload();
        boolean complete = false;
        try {
            FileItemIterator items = parser(maxFileSize * maxFiles * REQUEST_SIZE_FACTOR + REQUEST_SIZE_EXTRA)
                    .getItemIterator(new ServletRequestContext(request));
            while (hasNext(items)) {
                FileItemStream item = items.next();
                if (!item.isFormField() && field.equals(item.getFieldName())) {
                    upload.receivePart(host, item, maxFiles, stopAtRefusal);
                }
            }
            complete = true;
            return upload;
        } catch (InvalidContentTypeException e) {
            throw new ApiException(ApiError.NOT_MULTIPART, e);
        } catch (SizeException e) {
            throw tooLarge(e, maxFileSize);
        } catch (IOException e) {
            throw e.getCause() instanceof SizeException
                    ? tooLarge(e, maxFileSize)
                    : new ApiException(ApiError.BODY_INCOMPLETE, e);
        } finally {
            if (!complete) {
                upload.close();
            }
        }
    }

    private static ApiException tooLarge(IOException cause, long maxFileSize) {
        return new ApiException(ApiError.FILE_TOO_LARGE, cause, String.valueOf(maxFileSize));
    }

    private static boolean hasNext(FileItemIterator items) throws IOException {
        try {
            return items.hasNext();
        } catch (IllegalStateException e) {
            throw new IOException("A part's headers are malformed", e);
        }
    }

    private void receivePart(ImageHost host, FileItemStream item, int maxFiles, boolean stopAtRefusal)
            throws IOException {
        String name = originalName(item);
        int index = parts.size();
        try (InputStream in = item.openStream()) {
            if (index == maxFiles) {
                throw new ApiException(ApiError.TOO_MANY_FILES, maxFiles);
            }
            parts.add(new Part(index, name, Optional.of(host.receive(name, in)), Optional.empty()));
        } catch (EmptyUploadException e) {
            // a browser sends an empty part without a name where nothing was chosen
            if (!name.isEmpty()) {
                refuse(index, name, e, stopAtRefusal);
            }
        } catch (UploadRefusedException e) {
            refuse(index, name, e, stopAtRefusal);
        }
    }

    private void refuse(int index, String name, UploadRefusedException refusal, boolean stopAtRefusal) {
        if (stopAtRefusal) {
            throw refusal;
        }
        parts.add(new Part(index, name, Optional.empty(), Optional.of(refusal)));
    }

    /** The files, in the order of the request; at least one. */
    List<Part> parts() {
        return parts;
    }

    /** The file of a request that was received by {@link #receiveOne}. */
    ReceivedImage onlyImage() {
        return parts.get(0).received().orElseThrow();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.received().ifPresent(ReceivedImage::close));
    }

    private static FileUpload parser(long maxRequestSize) {
        FileUpload parser = new FileUpload();
        parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
        parser.setPartHeaderSizeMax(MAX_PART_HEADER_SIZE);
        parser.setSizeMax(maxRequestSize);
        return parser;
    }

    /** Both forms of the name may be there; Spring's parser prefers {@code filename*}, as RFC 6266 demands. */
    private static String originalName(FileItemStream item) {
        String header = item.getHeaders().getHeader(FileUploadBase.CONTENT_DISPOSITION);
        try {
            String name = ContentDisposition.parse(header).getFilename();
            return name == null ? "" : name;
        } catch (IllegalArgumentException e) {
            return item.getName() == null ? "" : item.getName();
        }
    }
}
