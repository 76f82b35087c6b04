package io.github.imagehost.s3;

import io.github.imagehost.core.diagnosis.Area;
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
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Finds out whether a bucket can be used, and what its store is able to do. Whatever it stores lies under keys of its own and is
 * deleted again; if that fails, a finding names them. Takes two minutes at the most.
 */
public final class S3Checkup implements Checkup {

    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);
    /** What S3 refuses requests for. */
    private static final Duration REFUSED_SKEW = Duration.ofMinutes(15);

    private static final Set<Part> UNANSWERED = EnumSet.of(Part.CONNECTION, Part.ENDPOINT, Part.STORE);
    private static final Set<Part> PERHAPS_PATH_STYLE =
            EnumSet.of(Part.CONNECTION, Part.ENDPOINT, Part.BUCKET, Part.RIGHTS);

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
        List<Finding> findings = new ArrayList<>();
        findings.add(encryption());
        findings.add(endpoint(best));
        findings.add(clock(best));
        findings.add(pathStyle(best));
        findings.add(region(first, best));
        findings.add(key(best));
        findings.add(bucket(best));
        findings.addAll(
                best.isIn(EnumSet.complementOf(EnumSet.of(Part.RIGHTS)))
                        ? ObjectCheckup.notChecked("The bucket can't be used")
                        : new ObjectCheckup(best.settings).run());
        return List.copyOf(findings);
    }

    /** A bucket that can be used if one of the settings is corrected lets the other ones be checked all the same. */
    private Optional<Attempt> corrected(Attempt first) {
        if (first.isIn(EnumSet.of(Part.REGION))) {
            return S3Failures.region(first.failure().orElseThrow()).map(region -> attempt(settings.withRegion(region)));
        }
        return first.isIn(PERHAPS_PATH_STYLE)
                ? Optional.of(attempt(settings.withOtherPathStyle()))
                        .filter(attempt -> attempt.trouble().isEmpty())
                : Optional.empty();
    }

    private Attempt attempt(S3Settings tried) {
        Instant before = clock.instant();
        try (S3Bucket bucket = new S3Bucket(tried)) {
            SdkHttpResponse answer = bucket.checkThoroughly().sdkHttpResponse();
            return new Attempt(
                    tried, nameOfKey(bucket), Optional.empty(), Optional.empty(), skew(before, Optional.of(answer)));
        } catch (SdkException e) {
            Optional<SdkHttpResponse> answer = Optional.ofNullable(S3Failures.find(e, AwsServiceException.class))
                    .map(AwsServiceException::awsErrorDetails)
                    .map(AwsErrorDetails::sdkHttpResponse);
            return new Attempt(
                    tried,
                    "the access key",
                    Optional.of(new StartCheck(tried).explain(e)),
                    Optional.of(e),
                    skew(before, answer));
        }
    }

    private String nameOfKey(S3Bucket bucket) {
        return settings.accessKey()
                .map(key -> key.sessionToken().isPresent()
                        ? "S3_ACCESS_KEY and S3_SECRET_KEY with S3_SESSION_TOKEN"
                        : "S3_ACCESS_KEY and S3_SECRET_KEY")
                .orElseGet(() -> "the access key of " + bucket.placeOfKey() + ", since S3_ACCESS_KEY is not set");
    }

    private Optional<Duration> skew(Instant before, Optional<SdkHttpResponse> answer) {
        return answer.flatMap(response -> response.firstMatchingHeader("Date"))
                .flatMap(S3Checkup::instant)
                .map(theirs -> {
                    if (theirs.isAfter(clock.instant())) {
                        return Duration.between(clock.instant(), theirs);
                    }
                    return theirs.isBefore(before) ? Duration.between(before, theirs) : Duration.ZERO;
                });
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Finding encryption() {
        String check = "encryption";
        Optional<URI> plain =
                settings.endpoint().filter(address -> address.getScheme().equalsIgnoreCase("http"));
        if (plain.isEmpty()) {
            return ok(check, "Requests go over https");
        }
        if (LocalHost.is(plain.get().getHost())) {
            return ok(check, "Requests go over plain http, but do not leave this machine");
        }
        return Finding.of(
                Outcome.WARNING,
                Area.STORE,
                check,
                "Requests go over plain http: the secret key only signs them and stays secret, but whoever is on the way can"
                        + " read every picture and every signed link, and change what is read from the store",
                "Set S3_ENDPOINT to an https:// address, unless nobody else is in that network");
    }

    private Finding endpoint(Attempt attempt) {
        String check = "endpoint";
        if (attempt.isIn(EnumSet.of(Part.ENDPOINT))) {
            return wrong(
                    attempt,
                    Outcome.SETTING_WRONG,
                    check,
                    "Set S3_ENDPOINT to the address of the store's S3 protocol, with http:// or https:// as the store wants"
                            + " it, and with the name that its certificate has; leave it out for AWS");
        }
        if (attempt.isIn(UNANSWERED)) {
            return wrong(
                    attempt,
                    Outcome.UNREACHABLE,
                    check,
                    "See whether the store runs and can be reached from here, and whether S3_ENDPOINT is its address");
        }
        return ok(
                check,
                "A store answers at " + settings.endpoint().map(URI::toString).orElse("AWS"));
    }

    private static Finding clock(Attempt attempt) {
        String check = "clock";
        String advice = "Let this machine and the store set their clocks by the network (NTP)";
        if (attempt.isIn(EnumSet.of(Part.CLOCK)) && attempt.skew().isEmpty()) {
            return wrong(attempt, Outcome.FAILED, check, advice);
        }
        if (attempt.skew().isEmpty()) {
            return attempt.isIn(UNANSWERED)
                    ? unasked(check)
                    : Finding.notChecked(Area.STORE, check, "The store does not tell its time");
        }
        Duration skew = attempt.skew().get();
        Duration size = skew.abs();
        String seen = size.compareTo(NOTABLE_SKEW) < 0
                ? "The store's clock and ours differ by less than a minute"
                : "The store's clock is " + words(size) + (skew.isNegative() ? " behind" : " ahead of") + " ours";
        if (size.compareTo(REFUSED_SKEW) >= 0 || attempt.isIn(EnumSet.of(Part.CLOCK))) {
            return Finding.of(Outcome.FAILED, Area.STORE, check, seen + ": stores refuse 15 minutes and more", advice);
        }
        return size.compareTo(NOTABLE_SKEW) < 0
                ? ok(check, seen)
                : Finding.of(
                        Outcome.WARNING,
                        Area.STORE,
                        check,
                        seen + ": at 15 minutes the store refuses everything",
                        advice);
    }

    private static String words(Duration duration) {
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private Finding pathStyle(Attempt attempt) {
        String check = "path style";
        if (attempt.settings.pathStyle() != settings.pathStyle()) {
            return Finding.of(
                    Outcome.SETTING_WRONG,
                    Area.STORE,
                    check,
                    "S3_PATH_STYLE is " + settings.pathStyle() + ", but the store finds the bucket only if it is "
                            + attempt.settings.pathStyle(),
                    "Set S3_PATH_STYLE=" + attempt.settings.pathStyle());
        }
        if (attempt.isIn(EnumSet.of(Part.BUCKET))) {
            return Finding.notChecked(Area.STORE, check, "There is no bucket to find");
        }
        return attempt.isIn(UNANSWERED)
                ? unasked(check)
                : ok(check, "S3_PATH_STYLE=" + settings.pathStyle() + " works");
    }

    private static Finding region(Attempt first, Attempt best) {
        String check = "region";
        if (first.isIn(EnumSet.of(Part.REGION))) {
            String advice = S3Failures.region(first.failure().orElseThrow())
                    .map(region -> "Set S3_REGION=" + region)
                    .orElse("Set S3_REGION to the region of the bucket");
            return wrong(first, Outcome.SETTING_WRONG, check, advice);
        }
        return best.isIn(EnumSet.of(Part.CONNECTION, Part.ENDPOINT, Part.STORE, Part.CLOCK))
                ? unasked(check)
                : ok(check, "The store takes requests that are signed for " + best.settings.region());
    }

    private static Finding key(Attempt attempt) {
        String check = "key";
        if (attempt.isIn(EnumSet.of(Part.KEY))) {
            return wrong(
                    attempt,
                    Outcome.SETTING_WRONG,
                    check,
                    "Set S3_ACCESS_KEY and S3_SECRET_KEY to a pair that the store knows, without blanks around them, and"
                            + " S3_SESSION_TOKEN if the pair has one");
        }
        return attempt.isIn(EnumSet.complementOf(EnumSet.of(Part.BUCKET, Part.RIGHTS)))
                ? unasked(check)
                : ok(check, "The store accepts " + attempt.key());
    }

    private static Finding bucket(Attempt attempt) {
        String check = "bucket";
        if (attempt.isIn(EnumSet.of(Part.BUCKET))) {
            return wrong(
                    attempt,
                    Outcome.SETTING_WRONG,
                    check,
                    "Make the bucket, or set S3_BUCKET to the name of one that is there");
        }
        if (attempt.isIn(EnumSet.of(Part.RIGHTS))) {
            return wrong(
                    attempt,
                    Outcome.SETTING_WRONG,
                    check,
                    "Give the key the right to list the bucket (s3:ListBucket), or set S3_BUCKET to one of its own");
        }
        return attempt.trouble().isPresent()
                ? unasked(check)
                : ok(check, "The bucket " + attempt.settings.bucket() + " is there and can be listed");
    }

    private static Finding ok(String check, String seen) {
        return Finding.ok(Area.STORE, check, seen);
    }

    private static Finding unasked(String check) {
        return Finding.notChecked(Area.STORE, check, "The store can't be asked");
    }

    private static Finding wrong(Attempt attempt, Outcome outcome, String check, String advice) {
        return Finding.of(
                        outcome,
                        Area.STORE,
                        check,
                        attempt.trouble().orElseThrow().message(),
                        advice)
                .because(attempt.failure().orElseThrow());
    }

    /**
     * What came of using the bucket.
     *
     * @param key which key was used, in plain words
     * @param failure there is one with every trouble
     * @param skew how far the store's clock is ahead of ours; empty if that is not known
     */
    private record Attempt(
            S3Settings settings,
            String key,
            Optional<Trouble> trouble,
            Optional<SdkException> failure,
            Optional<Duration> skew) {

        boolean isIn(Set<Part> parts) {
            return trouble.map(Trouble::part).filter(parts::contains).isPresent();
        }
    }
}
