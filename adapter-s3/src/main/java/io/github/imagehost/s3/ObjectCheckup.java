package io.github.imagehost.s3;

import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.diagnosis.Probe;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.port.StoreFullException;
import io.github.imagehost.core.port.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What can be found out only by storing objects. They lie in a folder of their own and are deleted in the end. For one use. */
final class ObjectCheckup {

    private static final String PUT = "put";
    private static final String ACL = "acl";
    private static final String DIGEST = "digest";
    private static final String CONDITION = "conditional put";
    private static final String READ = "read";
    private static final String RANGE = "range";
    private static final String COPY = "copy";
    private static final String ORDER = "listing order";
    private static final String BATCH_DELETE = "batch delete";
    private static final String BATCH_DELETE_WITHOUT_MD5 = "batch delete without MD5";
    private static final String LATENCY = "latency";
    private static final String CLEAN_UP = "clean-up";
    private static final List<String> CHECKS = List.of(
            PUT,
            ACL,
            DIGEST,
            CONDITION,
            READ,
            RANGE,
            COPY,
            ORDER,
            BATCH_DELETE,
            BATCH_DELETE_WITHOUT_MD5,
            LATENCY,
            CLEAN_UP);

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
    private final Probe probe = Probe.fresh();
    private final ObjectKey object = key("object");
    private final Set<ObjectKey> left = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Deadline deadline = Deadline.in(LIMIT);

    ObjectCheckup(S3Settings settings) {
        this.settings = settings;
    }

    /** The findings where nothing can be stored. */
    static List<Finding> notChecked(String reason) {
        return CHECKS.stream().map(check -> unknown(check, reason)).toList();
    }

    List<Finding> run() {
        try (S3Bucket bucket = new S3Bucket(settings);
                S3Bucket withoutAcl = new S3Bucket(settings.withoutAcl())) {
            try {
                storing(bucket, withoutAcl)
                        .ifPresentOrElse(
                                this::checkObjects,
                                () -> CHECKS.stream()
                                        .filter(check ->
                                                !Set.of(PUT, ACL, CLEAN_UP).contains(check))
                                        .forEach(check -> findings.add(unknown(check, "Nothing can be stored"))));
            } finally {
                findings.add(cleanUp(bucket));
            }
        }
        return findings;
    }

    /** The bucket in which objects can be stored: with the ACL that is set, or else without any. */
    private Optional<S3Bucket> storing(S3Bucket bucket, S3Bucket withoutAcl) {
        try {
            put(bucket, object);
            findings.add(ok(PUT, "Objects can be stored"));
            findings.add(ok(
                    ACL,
                    settings.acl().map(acl -> "The store takes the ACL " + acl).orElse("None is sent")));
            return Optional.of(bucket);
        } catch (SdkException | StoreException e) {
            return settings.acl().isEmpty() ? unable(e) : storingWithout(withoutAcl, e);
        }
    }

    private Optional<S3Bucket> storingWithout(S3Bucket withoutAcl, RuntimeException withAcl) {
        try {
            put(withoutAcl, object);
        } catch (SdkException | StoreException e) {
            return unable(e);
        }
        findings.add(ok(PUT, "Objects can be stored"));
        findings.add(Finding.of(
                        Outcome.SETTING_WRONG,
                        Area.STORE,
                        ACL,
                        "S3_ACL is '" + settings.acl().orElseThrow()
                                + "', but the store refuses objects with it, and takes them without: "
                                + S3Failures.reason(withAcl),
                        "Leave S3_ACL out, or let the bucket have ACLs (at AWS: its object ownership, and its block of public"
                                + " access), and the key set them (s3:PutObjectAcl)")
                .because(withAcl));
        return Optional.of(withoutAcl);
    }

    private Optional<S3Bucket> unable(RuntimeException failure) {
        findings.add(broken(PUT, Outcome.FAILED, "store an object", "s3:PutObject", failure));
        findings.add(unknown(ACL, "Nothing can be stored"));
        return Optional.empty();
    }

    private void checkObjects(S3Bucket bucket) {
        check(DIGEST, Outcome.FAILED, "store an object", "s3:PutObject", () -> digest(bucket));
        check(CONDITION, Outcome.FAILED, "store an object under a free key", "s3:PutObject", () -> condition(bucket));
        check(READ, Outcome.FAILED, "read an object", "s3:GetObject", () -> read(bucket));
        check(RANGE, Outcome.FAILED, "read a part of an object", "s3:GetObject", () -> range(bucket));
        check(COPY, Outcome.WARNING, "copy an object", "s3:GetObject, s3:PutObject", () -> copy(bucket));
        check(ORDER, Outcome.FAILED, "list objects", "s3:ListBucket", () -> order(bucket));
        check(BATCH_DELETE, Outcome.FAILED, "delete objects in a batch", "s3:DeleteObject", () -> batchDelete(bucket));
        check(
                BATCH_DELETE_WITHOUT_MD5,
                Outcome.FAILED,
                "delete objects in a batch",
                "s3:DeleteObject",
                () -> batchDeleteWithoutMd5(bucket));
        check(LATENCY, Outcome.FAILED, "look up an object", "s3:GetObject", () -> latency(bucket));
    }

    private Finding digest(S3Bucket bucket) {
        ObjectKey key = tracked(key("mistaken"));
        try {
            bucket.putMistaken(key, Probe.fresh().digest(), probe, CALL_LIMIT);
        } catch (SdkException e) {
            AwsServiceException answer = S3Failures.find(e, AwsServiceException.class);
            if (answer == null || answer.statusCode() / 100 != 4) {
                throw e;
            }
            return ok(DIGEST, "The store refuses bytes that are not what their SHA-256 announces");
        }
        return Finding.of(
                Outcome.WARNING,
                Area.STORE,
                DIGEST,
                "The store takes bytes that are not what their SHA-256 announces",
                "Use https, which notices bytes that are damaged on their way, and look at the images now and then");
    }

    private Finding condition(S3Bucket bucket) {
        try {
            bucket.putIfAbsent(tracked(key("fresh")), probe, CALL_LIMIT);
            bucket.putIfAbsent(object, probe, CALL_LIMIT);
        } catch (SdkException e) {
            if (S3Failures.isKeyTaken(e)) {
                return ok(CONDITION, "The store refuses to overwrite an object (If-None-Match)");
            }
            if (S3Failures.isNotImplemented(e)) {
                return overwriting(
                        "The store knows no If-None-Match, so that each key is looked up before it is used", e);
            }
            throw e;
        }
        return overwriting("The store ignores If-None-Match and overwrites", null);
    }

    private static Finding overwriting(String seen, @Nullable SdkException failure) {
        Finding finding = Finding.of(
                Outcome.WARNING,
                Area.STORE,
                CONDITION,
                seen,
                "Nothing has to be done, since no key is ever used twice; but let nobody else write below the same prefix");
        return failure == null ? finding : finding.because(failure);
    }

    private Finding read(S3Bucket bucket) throws IOException {
        requireBytes(new ByteRange(0, probe.size()), Download.of(object, bucket.get(object, CALL_LIMIT)));
        return ok(READ, "What was stored can be read");
    }

    private Finding range(S3Bucket bucket) throws IOException {
        requireBytes(PART, Download.of(object, PART, bucket.get(object, PART)));
        return ok(RANGE, "A part of an object can be read");
    }

    private void requireBytes(ByteRange range, InputStream opened) throws IOException {
        byte[] expected = Arrays.copyOfRange(probe.bytes(), (int) range.offset(), (int) range.last() + 1);
        try (InputStream in = opened) {
            if (!Arrays.equals(in.readAllBytes(), expected)) {
                throw new StoreException("What is read is not what was stored");
            }
        }
    }

    private Finding copy(S3Bucket bucket) {
        ObjectKey copy = tracked(key("copy"));
        bucket.copy(object, copy);
        if (bucket.describe(copy, CALL_LIMIT)
                .filter(found -> found.size() == probe.size())
                .isEmpty()) {
            throw new StoreException("The store says that it copied an object, but there is no such copy");
        }
        return ok(COPY, "The store copies objects by itself");
    }

    private Finding order(S3Bucket bucket) {
        // not in their order, which a store could keep by chance
        Stream.of(3, 0, 5, 2, 4, 1).map(this::ordered).forEach(key -> put(bucket, key));
        List<String> expected =
                ORDERED.stream().map(name -> bucket.name(key("order/" + name))).toList();
        List<String> listed = bucket.list(Optional.of(bucket.name(key("order"))), ORDERED.size()).contents().stream()
                .map(S3Object::key)
                .toList();
        return listed.equals(expected)
                ? ok(ORDER, "Objects are listed in the order of their keys' bytes")
                : Finding.of(
                        Outcome.FAILED,
                        Area.STORE,
                        ORDER,
                        "Objects are not listed in the order of their keys' bytes, so that comparing the store with the"
                                + " database finds faults that are none",
                        ASK_THE_STORE);
    }

    private ObjectKey ordered(int index) {
        return key("order/" + ORDERED.get(index));
    }

    private Finding batchDelete(S3Bucket bucket) {
        deleteInBatch(bucket, keys -> S3Clients.client(settings, CallLimits.DEFAULT, keys), List.of(0, 1, 2));
        return ok(BATCH_DELETE, "Objects can be deleted in batches");
    }

    private Finding batchDeleteWithoutMd5(S3Bucket bucket) {
        try {
            deleteInBatch(
                    bucket, keys -> S3Clients.clientWithoutMd5(settings, CallLimits.DEFAULT, keys), List.of(3, 4, 5));
        } catch (SdkException | StoreException e) {
            return ok(
                            BATCH_DELETE_WITHOUT_MD5,
                            "That does not work, and need not: Content-MD5 is always sent ("
                                    + S3Failures.translate("delete in a batch", e)
                                            .getMessage() + ")")
                    .because(e);
        }
        return ok(BATCH_DELETE_WITHOUT_MD5, "That would work, too");
    }

    private void deleteInBatch(
            S3Bucket bucket, Function<AwsCredentialsProvider, S3Client> opener, List<Integer> indexes) {
        List<ObjectKey> keys = indexes.stream().map(this::ordered).toList();
        try (AccessKeys accessKeys = AccessKeys.of(settings);
                S3Client client = opener.apply(accessKeys)) {
            if (!bucket.delete(client, keys).isEmpty()
                    || keys.stream()
                            .anyMatch(key -> bucket.describe(key, CALL_LIMIT).isPresent())) {
                throw new StoreException("The store takes a batch of objects to delete, but does not delete them");
            }
        }
        keys.forEach(left::remove);
    }

    private Finding latency(S3Bucket bucket) {
        List<Long> nanos = Stream.generate(() -> {
                    long start = System.nanoTime();
                    bucket.describe(object, CALL_LIMIT);
                    return System.nanoTime() - start;
                })
                .limit(LATENCY_SAMPLES)
                .sorted()
                .toList();
        Duration median = Duration.ofNanos(nanos.get(LATENCY_SAMPLES / 2));
        String seen = "Looking up an object takes " + median.toMillis() + " ms (median of " + LATENCY_SAMPLES + ")";
        return median.compareTo(LONG_LATENCY) < 0
                ? ok(LATENCY, seen)
                : Finding.of(
                        Outcome.WARNING,
                        Area.STORE,
                        LATENCY,
                        seen + ", and every upload and every download waits for that",
                        "Run the service closer to the store");
    }

    /** In requests of their own, since a store may not know batches. */
    private Finding cleanUp(S3Bucket bucket) {
        try {
            for (ObjectKey key : List.copyOf(left)) {
                bucket.delete(key);
                left.remove(key);
            }
        } catch (SdkException e) {
            return Finding.of(
                            Outcome.WARNING,
                            Area.STORE,
                            CLEAN_UP,
                            "The objects of this checkup can't be deleted again: " + S3Failures.reason(e),
                            "Delete what lies below " + settings.prefix() + folder
                                    + "/ by hand, and give the key the right" + " to delete (s3:DeleteObject)")
                    .because(e);
        }
        return ok(CLEAN_UP, "The objects of this checkup are deleted again");
    }

    private void check(String name, Outcome ifBroken, String action, String right, Check check) {
        if (deadline.remaining().isNegative()) {
            findings.add(unknown(name, "The store took too long for what was checked before"));
            return;
        }
        try {
            findings.add(check.run());
        } catch (RuntimeException | IOException e) {
            findings.add(broken(name, ifBroken, action, right, e));
        }
    }

    private static Finding broken(String check, Outcome outcome, String action, String right, Exception failure) {
        if (failure instanceof IOException) {
            return Finding.of(
                            outcome, Area.STORE, check, "Can't " + action + ": " + failure.getMessage(), ASK_THE_STORE)
                    .because(failure);
        }
        StoreException translated = S3Failures.translate(action, (RuntimeException) failure);
        String seen = String.valueOf(translated.getMessage());
        if (translated instanceof StoreFullException) {
            return Finding.of(
                            Outcome.FAILED,
                            Area.STORE,
                            check,
                            seen + ": pictures can be read, but not be stored",
                            "Make room in the store, or let whoever runs it raise the quota of the bucket or its user")
                    .because(failure);
        }
        AwsServiceException answer = S3Failures.find(failure, AwsServiceException.class);
        if (answer != null && answer.statusCode() == 403) {
            return Finding.of(
                            outcome == Outcome.WARNING ? outcome : Outcome.SETTING_WRONG,
                            Area.STORE,
                            check,
                            seen,
                            "Give the access key the right to it (" + right + ")")
                    .because(failure);
        }
        boolean passing = translated instanceof StoreUnavailableException && outcome != Outcome.WARNING;
        return Finding.of(
                        passing ? Outcome.UNREACHABLE : outcome,
                        Area.STORE,
                        check,
                        seen,
                        passing ? "See whether the store is well, and try again" : ASK_THE_STORE)
                .because(failure);
    }

    private void put(S3Bucket bucket, ObjectKey key) {
        bucket.putRegardless(tracked(key), probe, CALL_LIMIT);
    }

    /** To be deleted, also if it is not known whether it was stored. */
    private ObjectKey tracked(ObjectKey key) {
        left.add(key);
        return key;
    }

    private ObjectKey key(String name) {
        return new ObjectKey(folder + "/" + name);
    }

    private static Finding ok(String check, String seen) {
        return Finding.ok(Area.STORE, check, seen);
    }

    private static Finding unknown(String check, String reason) {
        return Finding.notChecked(Area.STORE, check, reason);
    }

    private interface Check {

        Finding run() throws IOException;
    }
}
