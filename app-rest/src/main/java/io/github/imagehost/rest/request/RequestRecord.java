package io.github.imagehost.rest.request;

import com.google.common.base.Throwables;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of a request until it has come to its end, when it is told once, by the log and by meters: its id, and
 * what became of it. For the thread that handles the request.
 */
public final class RequestRecord {

    /** What a proxy or a client may call its request. */
    public static final String ID_HEADER = "X-Request-Id";

    /** Neither ends a line of the log, nor makes it long, nor means anything to whoever shows it. */
    private static final Pattern HARMLESS_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final String ATTRIBUTE = RequestRecord.class.getName();

    private final String id;
    private final List<Picture> pictures = new ArrayList<>(0);
    private final Map<String, Throwable> failures = new LinkedHashMap<>(0);
    private final long start = System.nanoTime();
    private int status;
    private Duration duration = Duration.ZERO;
    private @Nullable String error;
    private OptionalInt errorStatus = OptionalInt.empty();
    private @Nullable Throwable defect;

    /**
     * What became of a picture that was to be uploaded.
     *
     * @param outcome {@code new}, {@code duplicate} or {@code instant}; empty if it was refused
     * @param error the code of the error that it was refused with; empty if it was not
     * @param size of the image, in bytes; 0 if it was refused
     */
    public record Picture(Optional<Outcome> outcome, Optional<String> error, long size) {}

    /** How an upload ends well. */
    public enum Outcome {
        /** The owner did not have the picture. */
        NEW,
        /** The owner had it. */
        DUPLICATE,
        /** The owner had it, and the bytes did not have to be sent. */
        INSTANT
    }

    private RequestRecord(String id) {
        this.id = id;
    }

    /** Begins the record of a request: under the id that it brings if that is harmless, or else under a new one. */
    static RequestRecord begin(HttpServletRequest request) {
        String brought = request.getHeader(ID_HEADER);
        boolean isHarmless = brought != null && HARMLESS_ID.matcher(brought).matches();
        RequestRecord record = new RequestRecord(isHarmless ? brought : newId());
        request.setAttribute(ATTRIBUTE, record);
        return record;
    }

    /** Has to differ from others, and may be guessed. */
    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The record of this request. */
    public static RequestRecord of(HttpServletRequest request) {
        return find(request).orElseThrow(() -> new IllegalStateException("The request has no record"));
    }

    /** As {@link #of}; empty if the server refused the request before it began one. */
    public static Optional<RequestRecord> find(HttpServletRequest request) {
        return Optional.ofNullable((RequestRecord) request.getAttribute(ATTRIBUTE));
    }

    /** What the request is called in the log and in error answers. */
    public String id() {
        return id;
    }

    /**
     * The request was answered. Later the server may take another status for its own, as a sign that it closes the
     * connection.
     */
    void end(int finalStatus) {
        status = finalStatus;
        duration = Duration.ofNanos(System.nanoTime() - start);
    }

    /** The status that it was answered with. */
    public int status() {
        return status;
    }

    /** How long it took to answer it. */
    public Duration duration() {
        return duration;
    }

    /**
     * The request was answered with this error.
     *
     * @param usualStatus that it is answered with where the protocol does not tell it with another one
     */
    public void answeredWith(String code, int usualStatus) {
        error = code;
        errorStatus = OptionalInt.of(usualStatus);
    }

    /** The code of the error that it was answered with. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /**
     * The status that says what the error is that it was answered with, whatever the client was told: some protocols
     * have one status for everything. Empty if it was answered with none.
     */
    public OptionalInt errorStatus() {
        return errorStatus;
    }

    /** A picture was uploaded. */
    public void uploaded(Outcome outcome, long size) {
        pictures.add(new Picture(Optional.of(outcome), Optional.empty(), size));
    }

    /** A picture, but not the whole request, was refused with this error. */
    public void refused(String code) {
        pictures.add(new Picture(Optional.empty(), Optional.of(code), 0));
    }

    /** The pictures that were judged one by one; none if the request was refused as a whole. */
    public List<Picture> pictures() {
        return pictures;
    }

    /**
     * Something that the administrator has to know of failed in a foreseen way, such as a store that is away. The same
     * failure counts once, however many parts of the request it hits.
     */
    public void failedBy(Throwable failure) {
        failures.putIfAbsent(describe(failure), failure);
    }

    /** Something failed in a way that nobody foresaw. */
    public void brokenBy(Throwable unforeseen) {
        defect = unforeseen;
    }

    /** What failed in foreseen ways, by its description. */
    public Map<String, Throwable> failures() {
        return failures;
    }

    /** What nobody foresaw. */
    public Optional<Throwable> defect() {
        return Optional.ofNullable(defect);
    }

    /** A failure and what is at the root of it, in one line. */
    public static String describe(Throwable failure) {
        Throwable root = Throwables.getRootCause(failure);
        return root.equals(failure) ? failure.toString() : failure.getMessage() + ": " + root;
    }
}
