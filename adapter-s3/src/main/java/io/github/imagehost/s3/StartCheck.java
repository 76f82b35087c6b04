package io.github.imagehost.s3;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries the settings out and says in one sentence which of them is wrong. */
final class StartCheck {

    private static final String SEE_WHETHER_IT_RUNS =
            "See whether the store runs and can be reached from here, and whether S3_ENDPOINT is its address";

    private final S3Settings settings;

    StartCheck(S3Settings settings) {
        this.settings = settings;
    }

    /**
     * @throws SettingsException if a setting is wrong; the message names it
     * @throws StoreException if the store fails though nothing points to a setting
     */
    void run(S3Bucket bucket) {
        try {
            bucket.checkThoroughly();
        } catch (SdkException e) {
            Trouble trouble = explain(e);
            throw trouble.part().isSetting()
                    ? new SettingsException(trouble.message(), e)
                    : S3Failures.translate("use the store", e);
        }
    }

    /** What is wrong if {@link S3Bucket#checkThoroughly()} fails like this. */
    Trouble explain(SdkException failure) {
        AwsServiceException answer = S3Failures.find(failure, AwsServiceException.class);
        if (answer == null) {
            return explainSilence(failure);
        }
        String bucket = "S3_BUCKET is '" + settings.bucket() + "'";
        if (S3Failures.hasCode(answer, "NoSuchBucket", "InvalidBucketName")) {
            return new Trouble(Part.BUCKET, bucket + ", but the store has no such bucket");
        }
        if (S3Failures.isClockSkew(answer)) {
            return new Trouble(Part.CLOCK, S3Failures.reason(failure));
        }
        if (S3Failures.hasCode(answer, "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthFailure")
                || answer.statusCode() == 401) {
            return new Trouble(Part.KEY, wrongKey());
        }
        if (S3Failures.hasCode(answer, "ExpiredToken")) {
            return new Trouble(Part.KEY, expiredKey());
        }
        if (answer.statusCode() == 403) {
            return new Trouble(
                    Part.RIGHTS,
                    bucket + ", but the store does not let the key "
                            + (settings.accessKey().isPresent() ? "in S3_ACCESS_KEY" : "that was found")
                            + " list that bucket");
        }
        if (answer.statusCode() / 100 == 3
                || S3Failures.hasCode(answer, "AuthorizationHeaderMalformed", "IllegalLocationConstraintException")) {
            Optional<String> right = S3Failures.region(failure);
            return new Trouble(
                    Part.REGION,
                    "S3_REGION is '" + settings.region() + "', but the bucket in S3_BUCKET lies in "
                            + right.map(region -> "'" + region + "'").orElse("another one"),
                    right.map(region -> "Set S3_REGION=" + region).orElse(Part.REGION.advice));
        }
        if (answer.statusCode() / 100 == 5) {
            return new Trouble(Part.STORE, S3Failures.reason(failure));
        }
        return new Trouble(
                Part.ENDPOINT,
                endpoint() + ", but what answers there is not an S3 store that this can work with: "
                        + S3Failures.reason(failure));
    }

    private String wrongKey() {
        return settings.accessKey()
                .map(key -> key.sessionToken().isPresent()
                        ? "S3_ACCESS_KEY, S3_SECRET_KEY or S3_SESSION_TOKEN is wrong: the store does not accept them"
                        : "S3_ACCESS_KEY or S3_SECRET_KEY is wrong: the store does not accept them")
                .orElse("S3_ACCESS_KEY is not set, and the store does not accept the key that was found elsewhere");
    }

    private String expiredKey() {
        return settings.accessKey().isPresent()
                ? "S3_SESSION_TOKEN has expired: it and its S3_ACCESS_KEY and S3_SECRET_KEY have to be set anew"
                : "S3_ACCESS_KEY is not set, and the key that was found elsewhere has expired";
    }

    private Trouble explainSilence(SdkException failure) {
        if (S3Failures.find(failure, NoAccessKeyException.class) != null) {
            return new Trouble(
                    Part.KEY,
                    "S3_ACCESS_KEY and S3_SECRET_KEY are not set, and no other key was found: neither AWS_ACCESS_KEY_ID"
                            + " and AWS_SECRET_ACCESS_KEY, nor a web identity, a profile, or one of this container or"
                            + " machine");
        }
        if (S3Failures.find(failure, CertificateException.class) != null) {
            return new Trouble(
                    Part.ENDPOINT, endpoint() + ", but this Java does not trust the certificate of what answers there");
        }
        if (S3Failures.find(failure, SSLException.class) != null) {
            return new Trouble(
                    Part.ENDPOINT,
                    endpoint()
                            + ", but no TLS connection can be made there (a store without TLS needs http:// in front)");
        }
        return new Trouble(
                Part.CONNECTION, endpoint() + ", but no S3 store can be reached there: " + S3Failures.reason(failure));
    }

    private String endpoint() {
        return "S3_ENDPOINT is "
                + settings.endpoint()
                        .map(URI::toString)
                        .map(address -> "'" + address + "'")
                        .orElse("not set, which means AWS");
    }

    /** What is wrong in one sentence, and what to do about it. */
    record Trouble(Part part, String message, String advice) {

        Trouble(Part part, String message) {
            this(part, message, part.advice);
        }

        /** The same as the answer of a check. */
        Answer answer() {
            return part.outcome.answer(message, advice);
        }
    }

    /** What it is that is wrong, in the order in which it is noticed. */
    enum Part {
        /** Nothing answers where the store should be. */
        CONNECTION(Outcome.UNREACHABLE, SEE_WHETHER_IT_RUNS),
        /** Something else answers there. */
        ENDPOINT(
                Outcome.SETTING_WRONG,
                "Set S3_ENDPOINT to the address of the store's S3 protocol, with http:// or https:// as the store wants"
                        + " it, and with the name that its certificate has; leave it out for AWS"),
        /** The store itself. */
        STORE(Outcome.UNREACHABLE, SEE_WHETHER_IT_RUNS),
        /** The clocks differ. */
        CLOCK(Outcome.FAILED, "Let this machine and the store set their clocks by the network (NTP)"),
        REGION(Outcome.SETTING_WRONG, "Set S3_REGION to the region of the bucket"),
        KEY(
                Outcome.SETTING_WRONG,
                "Set S3_ACCESS_KEY and S3_SECRET_KEY to a pair that the store knows, without blanks around them, and"
                        + " S3_SESSION_TOKEN if the pair has one"),
        BUCKET(Outcome.SETTING_WRONG, "Make the bucket, or set S3_BUCKET to the name of one that is there"),
        RIGHTS(
                Outcome.SETTING_WRONG,
                "Give the key the right to list the bucket (s3:ListBucket), or set S3_BUCKET to one of its own");

        final String advice;
        private final Outcome outcome;

        Part(Outcome outcome, String advice) {
            this.outcome = outcome;
            this.advice = advice;
        }

        private boolean isSetting() {
            return this != STORE && this != CLOCK;
        }
    }
}
