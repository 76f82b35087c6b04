package io.github.imagehost.rest.metrics;

/**
 * What the meters of the service are called. Prometheus gets the names with underscores, and with the unit and
 * {@code _total} at the end. A label has values that the program has chosen, never anything that a client has sent.
 */
public final class MeterNames {

    /** Timer: requests, by {@value #METHOD}, {@value #ROUTE} and {@value #STATUS}. */
    public static final String REQUESTS = "imagehost.http.requests";

    /** Counter: requests that were answered with an error, by {@value #CODE}. */
    public static final String ERRORS = "imagehost.http.errors";

    /** Counter: what failed under requests in ways that were foreseen, by {@value #CAUSE}; one for each request. */
    public static final String FAILURES = "imagehost.http.failures";

    /** Counter: pictures that were to be uploaded, by {@value #OUTCOME} and {@value #CODE}. */
    public static final String UPLOADS = "imagehost.uploads";

    /** Counter: bytes of the bodies of uploads, also of those that were refused. */
    public static final String UPLOAD_RECEIVED = "imagehost.upload.received";

    /** Counter: bytes in the store of new pictures. */
    public static final String UPLOAD_STORED = "imagehost.upload.stored";

    /** Counter: bytes of pictures that did not have to be stored, since they were. */
    public static final String UPLOAD_SAVED = "imagehost.upload.saved";

    /** Timer: calls of the store, by {@value #OPERATION} and {@value #OUTCOME}. */
    public static final String STORE = "imagehost.store.calls";

    /** Timer: calls of the repository, by {@value #OPERATION} and {@value #OUTCOME}. */
    public static final String DATABASE = "imagehost.database.calls";

    /** Counter: what uploads share a statement or a transaction for, by {@value #WORK}: how often it was done. */
    public static final String BATCHES = "imagehost.database.batches";

    /** Counter: for how many uploads it was done, those that were alone included. */
    public static final String BATCHED = "imagehost.database.batched";

    /** Counter: downloads from the content cache, by {@value #OUTCOME}: {@code hit}, or {@code fill} from the store. */
    public static final String CACHE = "imagehost.cache.downloads";

    /** Gauge: what is let in now, by {@value #WORK}. */
    public static final String ADMITTED = "imagehost.admitted";

    /** Gauge: how many bytes the uploads that are let in may hold. */
    public static final String ADMITTED_BYTES = "imagehost.admitted.upload";

    /** Gauge: condemned blobs that are to be deleted now. */
    public static final String BACKLOG = "imagehost.sweep.backlog";

    /** Gauge: for how long the first of them has been waiting. */
    public static final String BACKLOG_AGE = "imagehost.sweep.backlog.age";

    /** Label: the code of an error, as answers have it; {@value #NONE} if there is none. */
    public static final String CODE = "code";

    /** Label: the class of an exception. */
    public static final String CAUSE = "cause";

    /** Label: how something ended. */
    public static final String OUTCOME = "outcome";

    /** Label: the method of a port. */
    public static final String OPERATION = "operation";

    /** Label: the method of HTTP. */
    public static final String METHOD = "method";

    /** Label: the pattern of the path. */
    public static final String ROUTE = "route";

    /** Label: the status of an answer. */
    public static final String STATUS = "status";

    /** Label: what is done. */
    public static final String WORK = "work";

    /** The value of a label that does not apply. */
    public static final String NONE = "none";

    /** The unit of what counts bytes. */
    public static final String BYTES = "bytes";

    private MeterNames() {}
}
