package io.github.imagehost.s3;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.LocalHost;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.s3.StartCheck.Part;
import io.github.imagehost.s3.StartCheck.Trouble;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Finds out whether a bucket can be used, and what its store is able to do. Whatever it stores lies under keys of its
 * own and is deleted again; if that fails, a finding names them. Takes two minutes at the most.
 */
public final class S3Checkup implements Checkup {

    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);
    /** What S3 refuses requests for. */
    private static final Duration REFUSED_SKEW = Duration.ofMinutes(15);

    private static final Answer UNASKED = Answer.notChecked("The store can't be asked");

    private final S3Settings settings;
    private final Clock clock;

    public S3Checkup(S3Settings settings) {
        this(settings, Clock.systemUTC());
    }

    S3Checkup(S3Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> run() {
        Attempt first = attempt(settings);
        Attempt best = corrected(first).orElse(first);
        Attempt signed = first.failedAt(Part.REGION) ? first : best;
        Answer answering = Answer.ok(
                "A store answers at " + settings.endpoint().map(URI::toString).orElse("AWS"));
        Answer inRegion = Answer.ok("The store takes requests that are signed for " + best.settings.region());
        Answer usable = Answer.ok("The bucket " + settings.bucket() + " is there and can be listed");
        CheckTable bucket = new CheckTable(
                Area.STORE,
                new Check("encryption", encryption()),
                new Check("endpoint", best.answer(Part.CONNECTION, Part.STORE, answering)),
                new Check("clock", clock(best)),
                new Check("path style", pathStyle(best)),
                new Check("region", signed.answer(Part.REGION, Part.REGION, inRegion)),
                new Check("key", best.answer(Part.KEY, Part.KEY, Answer.ok("The store accepts " + best.key))),
                new Check("bucket", best.answer(Part.BUCKET, Part.RIGHTS, usable)));
        List<Finding> findings = new ArrayList<>(bucket.run());
        try (ObjectCheckup objects = new ObjectCheckup(best.settings)) {
            CheckTable table = objects.table();
            findings.addAll(best.reached(Part.RIGHTS) ? table.run() : table.notChecked("The bucket can't be used"));
        }
        return List.copyOf(findings);
    }

    /** A bucket that can be used if one of the settings is corrected lets the other ones be checked all the same. */
    private Optional<Attempt> corrected(Attempt first) {
        if (first.failedAt(Part.REGION)) {
            return first.failure.flatMap(S3Failures::region).map(region -> attempt(settings.withRegion(region)));
        }
        return Stream.of(Part.CONNECTION, Part.ENDPOINT, Part.BUCKET, Part.RIGHTS)
                        .anyMatch(first::failedAt)
                ? Optional.of(attempt(settings.withOtherPathStyle())).filter(attempt -> attempt.failure.isEmpty())
                : Optional.empty();
    }

    private Attempt attempt(S3Settings tried) {
        Instant before = clock.instant();
        try (S3Bucket bucket = new S3Bucket(tried)) {
            SdkHttpResponse answer = bucket.checkThoroughly().sdkHttpResponse();
            return new Attempt(tried, nameOfKey(bucket), Optional.empty(), skew(before, Optional.of(answer)));
        } catch (SdkException e) {
            Optional<SdkHttpResponse> answer = Optional.ofNullable(S3Failures.find(e, AwsServiceException.class))
                    .map(AwsServiceException::awsErrorDetails)
                    .map(AwsErrorDetails::sdkHttpResponse);
            return new Attempt(tried, "the access key", Optional.of(e), skew(before, answer));
        }
    }

    private String nameOfKey(S3Bucket bucket) {
        return settings.accessKey()
                .map(key -> "S3_ACCESS_KEY and S3_SECRET_KEY"
                        + (key.sessionToken().isPresent() ? " with S3_SESSION_TOKEN" : ""))
                .orElseGet(() -> "the access key of " + bucket.placeOfKey() + ", since S3_ACCESS_KEY is not set");
    }

    private Optional<Duration> skew(Instant before, Optional<SdkHttpResponse> answer) {
        Instant after = clock.instant();
        try {
            return answer.flatMap(response -> response.firstMatchingHeader("Date"))
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                    .map(theirs -> Duration.between(
                            theirs.isAfter(after) ? after : theirs.isBefore(before) ? before : theirs, theirs));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Answer encryption() {
        Optional<URI> plain =
                settings.endpoint().filter(address -> address.getScheme().equalsIgnoreCase("http"));
        if (plain.isEmpty()) {
            return Answer.ok("Requests go over https");
        }
        return LocalHost.is(plain.get().getHost())
                ? Answer.ok("Requests go over plain http, but do not leave this machine")
                : Outcome.WARNING.answer(
                        "Requests go over plain http: the secret key only signs them and stays secret, but whoever is on the"
                                + " way can read every picture and every signed link, and change what is read from the store",
                        "Set S3_ENDPOINT to an https:// address, unless nobody else is in that network");
    }

    private static Answer clock(Attempt attempt) {
        if (attempt.skew.isEmpty()) {
            return attempt.answer(Part.CLOCK, Part.CLOCK, Answer.notChecked("The store does not tell its time"));
        }
        Duration skew = attempt.skew.get();
        Duration size = skew.abs();
        boolean isNotable = size.compareTo(NOTABLE_SKEW) >= 0;
        String seen = isNotable
                ? "The store's clock is " + words(size) + (skew.isNegative() ? " behind" : " ahead of") + " ours"
                : "The store's clock and ours differ by less than a minute";
        if (size.compareTo(REFUSED_SKEW) >= 0 || attempt.failedAt(Part.CLOCK)) {
            return Outcome.FAILED.answer(seen + ": stores refuse 15 minutes and more", Part.CLOCK.advice);
        }
        return isNotable
                ? Outcome.WARNING.answer(seen + ": at 15 minutes the store refuses everything", Part.CLOCK.advice)
                : Answer.ok(seen);
    }

    private static String words(Duration duration) {
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private Answer pathStyle(Attempt attempt) {
        boolean right = attempt.settings.pathStyle();
        if (right != settings.pathStyle()) {
            return Outcome.SETTING_WRONG.answer(
                    "S3_PATH_STYLE is " + settings.pathStyle() + ", but the store finds the bucket only if it is "
                            + right,
                    "Set S3_PATH_STYLE=" + right);
        }
        if (attempt.failedAt(Part.BUCKET)) {
            return Answer.notChecked("There is no bucket to find");
        }
        return attempt.reached(Part.CLOCK) ? Answer.ok("S3_PATH_STYLE=" + right + " works") : UNASKED;
    }

    /**
     * What came of using the bucket.
     *
     * @param key which key was used, in plain words
     * @param failure empty if the bucket can be used
     * @param skew how far the store's clock is ahead of ours; empty if that is not known
     */
    private record Attempt(S3Settings settings, String key, Optional<SdkException> failure, Optional<Duration> skew) {

        Optional<Trouble> trouble() {
            return failure.map(new StartCheck(settings)::explain);
        }

        /** Whether it is this that is wrong. */
        boolean failedAt(Part part) {
            return trouble().filter(found -> found.part() == part).isPresent();
        }

        /** Whether all is well that is noticed before this. */
        boolean reached(Part part) {
            return trouble().filter(found -> found.part().compareTo(part) < 0).isEmpty();
        }

        /** What it tells about these parts and all between them. */
        Answer answer(Part first, Part last, Answer ifWell) {
            return reached(first)
                    ? trouble()
                            .filter(found -> found.part().compareTo(last) <= 0)
                            .map(found -> found.answer().because(failure.orElseThrow()))
                            .orElse(ifWell)
                    : UNASKED;
        }
    }
}
