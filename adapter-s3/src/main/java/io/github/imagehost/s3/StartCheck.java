package io.github.imagehost.s3;

import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries the settings out and says in one sentence which of them is wrong. */
final class StartCheck {

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
            throw explain(e);
        }
    }

    private RuntimeException explain(SdkException failure) {
        AwsServiceException answer = S3Failures.find(failure, AwsServiceException.class);
        if (answer == null) {
            return new SettingsException(explainSilence(failure), failure);
        }
        String bucket = "S3_BUCKET is '" + settings.bucket() + "'";
        if (S3Failures.hasCode(answer, "NoSuchBucket", "InvalidBucketName")) {
            return new SettingsException(bucket + ", but the store has no such bucket", failure);
        }
        if (S3Failures.isClockSkew(answer)) {
            return S3Failures.translate("use the store", failure);
        }
        if (S3Failures.hasCode(answer, "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthFailure")
                || answer.statusCode() == 401) {
            return new SettingsException(
                    "S3_ACCESS_KEY or S3_SECRET_KEY is wrong: the store does not accept them", failure);
        }
        if (answer.statusCode() == 403) {
            return new SettingsException(
                    bucket + ", but the store does not let the key in S3_ACCESS_KEY list that bucket", failure);
        }
        if (answer.statusCode() / 100 == 3
                || S3Failures.hasCode(answer, "AuthorizationHeaderMalformed", "IllegalLocationConstraintException")) {
            return new SettingsException(
                    "S3_REGION is '" + settings.region() + "', but the bucket in S3_BUCKET lies in another one",
                    failure);
        }
        if (answer.statusCode() / 100 == 5) {
            return S3Failures.translate("use the store", failure);
        }
        return new SettingsException(
                endpoint() + ", but what answers there is not an S3 store that this can work with: "
                        + S3Failures.reason(failure),
                failure);
    }

    private String explainSilence(SdkException failure) {
        if (S3Failures.find(failure, SSLException.class) != null) {
            return endpoint()
                    + ", but no TLS connection can be made there (a store without TLS needs http:// in front)";
        }
        return endpoint() + ", but no S3 store can be reached there: " + S3Failures.reason(failure);
    }

    private String endpoint() {
        return "S3_ENDPOINT is "
                + settings.endpoint()
                        .map(URI::toString)
                        .map(address -> "'" + address + "'")
                        .orElse("not set, which means AWS");
    }
}
