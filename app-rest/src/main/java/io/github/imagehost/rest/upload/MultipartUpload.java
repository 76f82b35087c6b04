package io.github.imagehost.rest.upload;

import com.google.common.base.Throwables;
import com.google.common.io.ByteStreams;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.intake.EmptyUploadException;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.intake.UploadRefusedException;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.rest.body.SizeLimitedInputStream;
import io.github.imagehost.rest.body.SizeLimitedInputStream.TooLongException;
import io.github.imagehost.rest.body.TimeLimitedInputStream;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.ClientPresence;
import io.github.imagehost.rest.sharing.SharingFields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one multipart request, received as a stream: none is stored before the request has come to its proper
 * end. Close it to release what they hold.
 *
 * @param <T> what becomes of a file that is received
 */
final class MultipartUpload<T> implements AutoCloseable {

    /** Room for other fields, and for files that are too large, which must not spoil the others. */
    private static final int REQUEST_SIZE_FACTOR = 2;

    private static final long REQUEST_SIZE_EXTRA = 1024 * 1024;

    /**
     * One file of a request: either received or refused.
     *
     * @param index which file of the request, counted from 0
     * @param originalName what the client calls it, cleaned; empty if it does not
     * @param refused an {@link UploadRefusedException}, or an {@link ApiException} if it can't be decoded
     */
    record Part<T>(int index, String originalName, Optional<T> received, Optional<RuntimeException> refused) {}

    /** Receives one file. */
    @FunctionalInterface
    private interface Receiver<T> {

        /**
         * @param source stays open
         * @throws UploadRefusedException if the file is refused
         */
        T receive(String originalName, InputStream source) throws IOException;
    }

    /**
     * How much a request may hold.
     *
     * @param maxFiles how many files
     * @param maxFileSize how many bytes each of them
     * @param time how long it may take
     */
    record Limits(int maxFiles, long maxFileSize, Duration time) {

        /** How many bytes are kept at the most. */
        long maxBytes() {
            return maxFiles * maxFileSize;
        }
    }

    private final List<Part<T>> parts = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();

    private final Consumer<T> closer;

    private MultipartUpload(Consumer<T> closer) {
        this.closer = closer;
    }

    /**
     * Receives the only file of a request, and looks at it. If it is refused, the rest of the request is not read.
     *
     * @param field where it is expected; {@link FormPart#FILE_FIELDS} will do
     * @param announced what the client says that the file's digest is
     * @return the upload, with the fields beside it; whoever asked for it closes it
     * @throws ApiException if there is none, or more than one, if it is another one than announced, if the address says
     *     what the form has to say, or if the request is broken
     * @throws UploadRefusedException if the file is refused
     */
    static ReceivedUpload receiveOne(
            Uploader uploader, HttpServletRequest request, String field, Optional<Digest> announced, Limits limits) {
        MultipartUpload<PreparedUpload> upload = new MultipartUpload<>(PreparedUpload::close);
        upload.receive(
                (name, source) -> UploadBody.receive(uploader, name, source, announced, ClientPresence.of(request)),
                request,
                field,
                limits,
                true);
        return new ReceivedUpload(upload.parts.get(0).received().orElseThrow(), upload.fields);
    }

    /**
     * Receives all files of a request, without a look at what they are. Those that are refused don't spoil the others.
     *
     * @param field where they are expected; {@link FormPart#FILE_FIELDS} will do
     * @throws ApiException if there is none, or more than the limit, if the address says what the form has to say, or
     *     if the request is broken
     */
    static MultipartUpload<SpooledContent> receiveAll(
            Uploader uploader, HttpServletRequest request, String field, Limits limits) {
        MultipartUpload<SpooledContent> upload = new MultipartUpload<>(SpooledContent::close);
        upload.receive((name, source) -> uploader.spool(source), request, field, limits, false);
        return upload;
    }

    private void receive(
            Receiver<T> receiver, HttpServletRequest request, String field, Limits limits, boolean stopAtRefusal) {
        long maxRequestSize = limits.maxBytes() * REQUEST_SIZE_FACTOR + REQUEST_SIZE_EXTRA;
        boolean complete = false;
        try {
            InputStream body = new SizeLimitedInputStream(
                    new TimeLimitedInputStream(request.getInputStream(), limits.time()), maxRequestSize);
            MultipartParts formParts = MultipartParts.of(request.getContentType(), body);
            SharingFields.requireInForm(request);
            if (request.getContentLengthLong() > maxRequestSize) {
                throw tooLarge(limits);
            }
            FieldNames names = new FieldNames();
            for (Optional<FormPart> part = formParts.next(); part.isPresent(); part = formParts.next()) {
                names.add(part.get().field());
                if (part.get().isFile()) {
                    receivePart(receiver, part.get(), limits.maxFiles(), stopAtRefusal);
                } else if (SharingFields.NAMES.contains(part.get().field())) {
                    fields.put(part.get().field(), part.get().text());
                }
            }
            // what follows the last part means nothing, but has to come
            ByteStreams.exhaust(body);
            if (parts.isEmpty()) {
                throw new ApiException(ApiError.FILE_REQUIRED, names.asArgument(), expected(field));
            }
            complete = true;
        } catch (IOException e) {
            throw Throwables.getCausalChain(e).stream().anyMatch(TooLongException.class::isInstance)
                    ? tooLarge(limits)
                    : TimeLimitedInputStream.problemOf(e, ApiError.UPLOAD_TOO_SLOW);
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static ApiException tooLarge(Limits limits) {
        return new ApiException(ApiError.FILE_TOO_LARGE, String.valueOf(limits.maxFileSize()));
    }

    private static String expected(String field) {
        return Stream.concat(Stream.of(field), FormPart.FILE_FIELDS.stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void receivePart(Receiver<T> receiver, FormPart part, int maxFiles, boolean stopAtRefusal)
            throws IOException {
        String name = part.originalName();
        int index = parts.size();
        if (index == maxFiles) {
            throw new ApiException(ApiError.TOO_MANY_FILES, maxFiles);
        }
        try {
            T received = receiver.receive(name, part.content());
            parts.add(new Part<>(index, name, Optional.of(received), Optional.empty()));
        } catch (EmptyUploadException e) {
            // a browser sends an empty part without a name where nothing was chosen
            if (!name.isEmpty()) {
                refuse(index, name, e, stopAtRefusal);
            }
        } catch (UploadRefusedException | ApiException e) {
            refuse(index, name, e, stopAtRefusal);
        }
    }

    private void refuse(int index, String name, RuntimeException refusal, boolean stopAtRefusal) {
        if (stopAtRefusal) {
            throw refusal;
        }
        parts.add(new Part<>(index, name, Optional.empty(), Optional.of(refusal)));
    }

    /** The files, in the order of the request; at least one. */
    List<Part<T>> parts() {
        return parts;
    }

    /** The texts of the fields that say how images are to be shared, wherever in the request they stand. */
    Map<String, String> fields() {
        return fields;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.received().ifPresent(closer));
    }
}
