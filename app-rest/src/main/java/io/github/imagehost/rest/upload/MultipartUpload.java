package io.github.imagehost.rest.upload;

import com.google.common.base.Throwables;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import com.google.common.io.ByteStreams;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.intake.refusal.EmptyUploadException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.rest.body.SizeLimitedInputStream;
import io.github.imagehost.rest.body.SizeLimitedInputStream.TooLongException;
import io.github.imagehost.rest.body.TimeLimitedInputStream;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.filing.FilingFields;
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
import java.util.Set;
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

    /** The names of the fields that say what is to become of an image. */
    private static final Set<String> WISHES =
            Set.copyOf(Lists.newArrayList(Iterables.concat(SharingFields.NAMES, FilingFields.NAMES)));

    /** Our own form with one file. */
    private static final UploadForm ONE = ours("image");

    /** Our own form with several files. */
    static final UploadForm SEVERAL = ours("images");

    private static UploadForm ours(String field) {
        return new UploadForm(field, UploadForm.Files.IN_KNOWN_FIELDS, WISHES);
    }

    /**
     * One file of a request: received, refused, or still behind a link.
     *
     * @param index which file of the request, counted from 0
     * @param field the name of its field
     * @param originalName what the client calls it, cleaned; empty if it does not
     * @param refused an {@link UploadRefusedException}, or an {@link ApiException} if it can't be decoded
     * @param link where it is
     */
    record Part<T>(
            int index,
            String field,
            String originalName,
            Optional<T> received,
            Optional<RuntimeException> refused,
            Optional<String> link) {

        /** The same file, which is received now. */
        Part<T> received(String name, T file) {
            return new Part<>(index, field, name, Optional.of(file), Optional.empty(), Optional.empty());
        }
    }

    /** Keeps the bytes of one file. */
    @FunctionalInterface
    interface Spooler {

        /**
         * Keeps them.
         *
         * @param source stays open
         * @throws UploadRefusedException if the file is refused
         */
        SpooledContent spool(InputStream source) throws IOException;
    }

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
    private final ListMultimap<String, String> fields = ArrayListMultimap.create();

    private final Map<String, String> addressed;
    private final Consumer<T> closer;

    private MultipartUpload(HttpServletRequest request, Consumer<T> closer) {
        this.addressed = FilingFields.parameters(request);
        this.closer = closer;
    }

    /**
     * Receives the only file of a request, and looks at it. If it is refused, the rest of the request is not read.
     *
     * @param announced what the client says that the file's digest is
     * @return the upload, with the fields beside it; whoever asked for it closes it
     * @throws ApiException if there is none, or more than one, if it is another one than announced, if the address says
     *     what the form has to say, or if the request is broken
     * @throws UploadRefusedException if the file is refused
     */
    static ReceivedUpload receiveOne(
            Uploader uploader, HttpServletRequest request, Optional<Digest> announced, Limits limits) {
        MultipartUpload<PreparedUpload> upload = new MultipartUpload<>(request, PreparedUpload::close);
        upload.receive(
                (name, source) -> UploadBody.receive(uploader, name, source, announced, ClientPresence.of(request)),
                request,
                ONE,
                limits,
                true,
                fields -> {});
        return new ReceivedUpload(upload.parts.get(0).received().orElseThrow(), upload.wishes());
    }

    /**
     * Receives all files of a request, without a look at what they are. Those that are refused don't spoil the others.
     *
     * @param spooler receives one file
     * @param beforeFile is told of all fields so far, before each file behind them is read
     * @throws ApiException if there is none, or more than the limit, if the address says what the form has to say, or
     *     if the request is broken
     */
    static MultipartUpload<SpooledContent> receiveAll(
            Spooler spooler,
            HttpServletRequest request,
            UploadForm form,
            Limits limits,
            Consumer<ListMultimap<String, String>> beforeFile) {
        MultipartUpload<SpooledContent> upload = new MultipartUpload<>(request, SpooledContent::close);
        upload.receive((name, source) -> spooler.spool(source), request, form, limits, false, beforeFile);
        return upload;
    }

    private void receive(
            Receiver<T> receiver,
            HttpServletRequest request,
            UploadForm form,
            Limits limits,
            boolean stopAtRefusal,
            Consumer<ListMultimap<String, String>> beforeFile) {
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
                if (part.get().isFile(form.files())) {
                    beforeFile.accept(fields);
                    receivePart(receiver, part.get(), limits.maxFiles(), stopAtRefusal);
                } else if (form.texts().contains(part.get().field())) {
                    keep(part.get().field(), part.get().text());
                }
            }
            // what follows the last part means nothing, but has to come
            ByteStreams.exhaust(body);
            beforeFile.accept(fields);
            if (parts.isEmpty()) {
                throw new ApiException(ApiError.FILE_REQUIRED, names.asArgument(), expected(form.field()));
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

    /** Of each field the last text, and another one before that if they differ: how many there were does not matter. */
    private void keep(String field, String text) {
        List<String> texts = fields.get(field);
        if (texts.isEmpty() || !texts.get(texts.size() - 1).equals(text)) {
            texts.add(text);
        }
        if (texts.size() > 2) {
            texts.remove(0);
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
        Part<T> absent = new Part<>(index, part.field(), name, Optional.empty(), Optional.empty(), part.link());
        if (part.link().isPresent()) {
            parts.add(absent);
            return;
        }
        try {
            parts.add(absent.received(name, receiver.receive(name, part.content())));
        } catch (EmptyUploadException e) {
            // a browser sends an empty part without a name where nothing was chosen
            if (!name.isEmpty()) {
                refuse(part, e, stopAtRefusal);
            }
        } catch (UploadRefusedException | ApiException e) {
            refuse(part, e, stopAtRefusal);
        }
    }

    private void refuse(FormPart part, RuntimeException refusal, boolean stopAtRefusal) {
        if (stopAtRefusal) {
            throw refusal;
        }
        parts.add(new Part<>(
                parts.size(),
                part.field(),
                part.originalName(),
                Optional.empty(),
                Optional.of(refusal),
                Optional.empty()));
    }

    /** The files, in the order of the request; at least one. What is put in place of one is closed with this. */
    List<Part<T>> parts() {
        return parts;
    }

    /** The texts of the fields that are of use, wherever in the request they stand; the last of each counts. */
    Map<String, String> texts() {
        return Maps.transformValues(Multimaps.asMap(fields), Iterables::getLast);
    }

    /**
     * What of them says how images are to be shared, and where they are to be put. The latter may stand in the address,
     * too, for whoever need not send the form in the end.
     */
    Map<String, String> wishes() {
        Map<String, String> wishes = new HashMap<>(addressed);
        wishes.putAll(Maps.filterKeys(texts(), WISHES::contains));
        return wishes;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.received().ifPresent(closer));
    }
}
