package io.github.imagehost.s3;

import static io.github.imagehost.core.diagnosis.Outcome.FAILED;
import static io.github.imagehost.core.diagnosis.Outcome.SETTING_WRONG;
import static io.github.imagehost.core.diagnosis.Outcome.UNREACHABLE;
import static io.github.imagehost.core.diagnosis.Outcome.WARNING;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.diagnosis.Probe;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.s3.S3Bucket.Description;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What can be found out only by storing objects. They lie in a folder of their own and are deleted in the end. For one
 * use.
 */
final class ObjectCheckup implements AutoCloseable {

    private static final String PUT = "put";
    private static final String PUT_RIGHT = "s3:PutObject";
    private static final String GET_RIGHT = "s3:GetObject";
    private static final String DELETE_RIGHT = "s3:DeleteObject";

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration CALL_LIMIT = CallLimits.DEFAULT.usual();
    private static final Duration LONG_LATENCY = Duration.ofMillis(500);
    private static final int LATENCY_SAMPLES = 5;
    private static final ByteRange PART = new ByteRange(7, 100);

    /** In the order of their bytes, which is neither that of any language nor that of directories. */
    private static final List<String> ORDERED = List.of("B", "a-1", "a.1", "a/1", "aB", "aa");

    private static final String ASK_THE_STORE = "Ask whoever runs the store, or use another one";

    private final S3Settings settings;
    private final String folder = Probe.freshFolder();
    private final Probe probe = new Probe();
    private final Set<ObjectKey> left = new LinkedHashSet<>();
    private final ObjectKey object = key("object");
    private final Deadline deadline = Deadline.in(LIMIT);
    private S3Bucket bucket;
    private Optional<RuntimeException> aclRefusal = Optional.empty();

    ObjectCheckup(S3Settings settings) {
        this.settings = settings;
        this.bucket = new S3Bucket(settings);
    }

    CheckTable table() {
        return new CheckTable(
                Area.STORE,
                Check.of(PUT, this::put, failure -> broken(FAILED, "store an object", PUT_RIGHT, failure)),
                check("acl", FAILED, "store an object", PUT_RIGHT, this::acl),
                check("digest", FAILED, "store an object", PUT_RIGHT, this::digest),
                check("conditional put", FAILED, "store an object under a free key", PUT_RIGHT, this::condition),
                check("read", FAILED, "read an object", GET_RIGHT, this::read),
                check("range", FAILED, "read a part of an object", GET_RIGHT, this::range),
                check("copy", WARNING, "copy an object", GET_RIGHT + ", " + PUT_RIGHT, this::copy),
                check("listing order", FAILED, "list objects", "s3:ListBucket", this::order),
                check("batch delete", FAILED, "delete objects in a batch", DELETE_RIGHT, this::batchDelete),
                check("batch delete without MD5", FAILED, "delete objects in a batch", DELETE_RIGHT, this::withoutMd5),
                check("latency", FAILED, "look up an object", GET_RIGHT, this::latency),
                Check.of("clean-up", this::cleanUp, this::explainLeftovers));
    }

    /**
     * With the outcome if nothing more is known than that it fails, what fails then, and the right that the key needs.
     */
    private Check check(String name, Outcome ifBroken, String action, String right, Callable<Answer> trial) {
        Callable<Answer> inTime = () -> deadline.isOver()
                ? Answer.notChecked("The store took too long for what was checked before")
                : trial.call();
        return Check.of(name, inTime, failure -> broken(ifBroken, action, right, failure))
                .after(PUT, "Nothing can be stored");
    }

    private static Answer broken(Outcome ifBroken, String action, String right, Exception failure) {
        if (!(failure instanceof RuntimeException unchecked)) {
            return ifBroken.answer("Can't " + action + ": " + failure.getMessage(), ASK_THE_STORE);
        }
        StoreException translated = S3Failures.translate(action, unchecked);
        String seen = String.valueOf(translated.getMessage());
        if (translated instanceof StoreFullException) {
            return FAILED.answer(
                    seen + ": pictures can be read, but not be stored",
                    "Make room in the store, or let whoever runs it raise the quota of the bucket or its user");
        }
        boolean isNeeded = ifBroken != WARNING;
        AwsServiceException answer = S3Failures.find(failure, AwsServiceException.class);
        if (answer != null && answer.statusCode() == 403) {
            return (isNeeded ? SETTING_WRONG : ifBroken)
                    .answer(seen, "Give the access key the right to it (" + right + ")");
        }
        return translated instanceof StoreUnavailableException && isNeeded
                ? UNREACHABLE.answer(seen, "See whether the store is well, and try again")
                : ifBroken.answer(seen, ASK_THE_STORE);
    }

    /** With the ACL that is set, or else without any, so that the rest can be checked all the same. */
    private Answer put() {
        try {
            put(object);
        } catch (SdkException | StoreException e) {
            if (settings.acl().isEmpty()) {
                throw e;
            }
            bucket.close();
            bucket = new S3Bucket(settings.withoutAcl());
            put(object);
            aclRefusal = Optional.of(e);
        }
        return Answer.ok("Objects can be stored");
    }

    private Answer acl() {
        String acl = settings.acl().orElse("");
        return aclRefusal
                .map(refusal -> SETTING_WRONG
                        .answer(
                                "S3_ACL is '" + acl
                                        + "', but the store refuses objects with it, and takes them without: "
                                        + S3Failures.reason(refusal),
                                "Leave S3_ACL out, or let the bucket have ACLs (at AWS: its object ownership, and its block"
                                        + " of public access), and the key set them (s3:PutObjectAcl)")
                        .because(refusal))
                .orElse(Answer.ok(acl.isEmpty() ? "None is sent" : "The store takes the ACL " + acl));
    }

    private Answer digest() {
        try {
            bucket.putMistaken(key("mistaken"), new Probe().digest(), probe, CALL_LIMIT);
        } catch (SdkException e) {
            AwsServiceException answer = S3Failures.find(e, AwsServiceException.class);
            if (answer == null || answer.statusCode() / 100 != 4) {
                throw e;
            }
            return Answer.ok("The store refuses bytes that are not what their SHA-256 announces");
        }
        return WARNING.answer(
                "The store takes bytes that are not what their SHA-256 announces",
                "Use https, which notices bytes that are damaged on their way, and look at the images now and then");
    }

    private Answer condition() {
        String advice =
                "Nothing has to be done, since no key is ever used twice; but let nobody else write below the same prefix";
        try {
            bucket.putIfAbsent(key("fresh"), probe, CALL_LIMIT);
            bucket.putIfAbsent(object, probe, CALL_LIMIT);
        } catch (SdkException e) {
            if (S3Failures.isKeyTaken(e)) {
                return Answer.ok("The store refuses to overwrite an object (If-None-Match)");
            }
            if (S3Failures.isNotImplemented(e)) {
                String seen = "The store knows no If-None-Match, so that each key is looked up before it is used";
                return WARNING.answer(seen, advice).because(e);
            }
            throw e;
        }
        return WARNING.answer("The store ignores If-None-Match and overwrites", advice);
    }

    private Answer read() throws IOException {
        probe.requirePart(probe.whole(), Download.of(object, bucket.get(object, CALL_LIMIT)));
        return Answer.ok("What was stored can be read");
    }

    private Answer range() throws IOException {
        probe.requirePart(PART, Download.of(object, PART, bucket.get(object, PART)));
        return Answer.ok("A part of an object can be read");
    }

    private Answer copy() {
        ObjectKey copy = key("copy");
        bucket.copy(object, copy);
        if (size(copy) != probe.size()) {
            throw new StoreException("The store says that it copied an object, but there is no such copy");
        }
        return Answer.ok("The store copies objects by itself");
    }

    private Answer order() {
        // not in their order, which a store could keep by chance
        Stream.of(3, 0, 5, 2, 4, 1).map(this::ordered).forEach(this::put);
        String order = settings.prefix() + folder + "/order";
        List<String> expected = ORDERED.stream().map(name -> order + "/" + name).toList();
        List<String> listed = bucket.list(Optional.of(order), ORDERED.size()).contents().stream()
                .map(S3Object::key)
                .toList();
        return listed.equals(expected)
                ? Answer.ok("Objects are listed in the order of their keys' bytes")
                : FAILED.answer(
                        "Objects are not listed in the order of their keys' bytes, so that comparing the store with the"
                                + " database finds faults that are none",
                        ASK_THE_STORE);
    }

    private Answer batchDelete() {
        deleteInBatch(keys -> bucket.delete(keys), 0, 1, 2);
        return Answer.ok("Objects can be deleted in batches");
    }

    private Answer withoutMd5() {
        try (AccessKeys accessKeys = AccessKeys.of(settings);
                S3Client client = S3Clients.clientWithoutMd5(settings, CallLimits.DEFAULT, accessKeys)) {
            deleteInBatch(keys -> bucket.delete(client, keys), 3, 4, 5);
        } catch (SdkException | StoreException e) {
            String reason = S3Failures.translate("delete in a batch", e).getMessage();
            return Answer.ok("That does not work, and need not: Content-MD5 is always sent (" + reason + ")")
                    .because(e);
        }
        return Answer.ok("That would work, too");
    }

    private void deleteInBatch(Function<List<ObjectKey>, Map<ObjectKey, String>> deletion, Integer... indexes) {
        List<ObjectKey> keys = Stream.of(indexes).map(this::ordered).toList();
        if (!deletion.apply(keys).isEmpty() || keys.stream().anyMatch(key -> size(key) >= 0)) {
            throw new StoreException("The store takes a batch of objects to delete, but does not delete them");
        }
        keys.forEach(left::remove);
    }

    private Answer latency() {
        List<Long> nanos = Stream.generate(() -> {
                    long start = System.nanoTime();
                    size(object);
                    return System.nanoTime() - start;
                })
                .limit(LATENCY_SAMPLES)
                .sorted()
                .toList();
        Duration median = Duration.ofNanos(nanos.get(LATENCY_SAMPLES / 2));
        String seen = "Looking up an object takes " + median.toMillis() + " ms (median of " + LATENCY_SAMPLES + ")";
        return median.compareTo(LONG_LATENCY) < 0
                ? Answer.ok(seen)
                : WARNING.answer(
                        seen + ", and every upload and every download waits for that",
                        "Run the service closer to the store");
    }

    /** In requests of their own, since a store may not know batches. */
    private Answer cleanUp() {
        for (ObjectKey key : List.copyOf(left)) {
            bucket.delete(key);
            left.remove(key);
        }
        return Answer.ok("The objects of this checkup are deleted again");
    }

    private Answer explainLeftovers(Exception failure) {
        return WARNING.answer(
                "The objects of this checkup can't be deleted again: " + S3Failures.reason(failure),
                "Delete what lies below " + settings.prefix() + folder
                        + "/ by hand, and give the key the right to delete (s3:DeleteObject)");
    }

    private void put(ObjectKey key) {
        bucket.putRegardless(key, probe, CALL_LIMIT);
    }

    /** Of the object, in bytes; -1 if there is none. */
    private long size(ObjectKey key) {
        return bucket.describe(key, CALL_LIMIT).map(Description::size).orElse(-1L);
    }

    private ObjectKey ordered(int index) {
        return key("order/" + ORDERED.get(index));
    }

    /** To be deleted in the end, also if it is not known whether something was stored there. */
    private ObjectKey key(String name) {
        ObjectKey key = new ObjectKey(folder + "/" + name);
        left.add(key);
        return key;
    }

    @Override
    public void close() {
        bucket.close();
    }
}
