package io.github.imagehost.s3.testing;

import io.github.imagehost.s3.testing.ScriptedS3.Answer;
import io.github.imagehost.s3.testing.ScriptedS3.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A bucket {@code pictures} in memory that answers a {@link ScriptedS3}'s requests as AWS does, except where a test
 * says otherwise. Objects are text. Safe for use by many threads at once.
 */
public final class PretendedBucket implements Function<Request, Answer> {

    private static final String ROOT = "/pictures";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final Pattern START_AFTER = Pattern.compile("start-after=([^&]*)");
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    private final Map<String, String> objects = new TreeMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> ignoredHeaders = new HashSet<>();
    private Comparator<String> order = Comparator.naturalOrder();

    /** Lets it answer so to requests like these. */
    public synchronized PretendedBucket answering(Predicate<Request> requests, Answer answer) {
        rules.add(new Rule(requests, answer));
        return this;
    }

    /** Lets it overlook a header. */
    public synchronized PretendedBucket ignoring(String header) {
        ignoredHeaders.add(header.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Lets it list in another order. */
    public synchronized PretendedBucket listingInOrder(Comparator<String> other) {
        order = other;
        return this;
    }

    /** The names of all objects. */
    public synchronized Set<String> names() {
        return Set.copyOf(objects.keySet());
    }

    @Override
    public synchronized Answer apply(Request request) {
        for (Rule rule : rules) {
            if (rule.requests().test(request)) {
                return rule.answer();
            }
        }
        URI target = URI.create(request.target());
        String query = Optional.ofNullable(target.getQuery()).orElse("");
        if (!target.getPath().startsWith(ROOT)) {
            return ScriptedS3.error(404, "NoSuchBucket");
        }
        String name = target.getPath().substring(ROOT.length()).replaceFirst("^/", "");
        return switch (request.method()) {
            case "GET" -> query.contains("list-type=2") ? list(query) : get(name, header(request, "Range"));
            case "HEAD" -> head(name);
            case "PUT" -> put(name, request);
            case "POST" -> deleteAll(request.body());
            case "DELETE" -> delete(name);
            default -> ScriptedS3.error(405, "MethodNotAllowed");
        };
    }

    private Answer list(String query) {
        Matcher after = START_AFTER.matcher(query);
        String first = after.find() ? after.group(1) : "";
        String contents = objects.keySet().stream()
                .sorted(order)
                .filter(name -> order.compare(name, first) > 0)
                .map(name -> "<Contents><Key>" + name + "</Key><Size>1</Size></Contents>")
                .collect(Collectors.joining());
        return ScriptedS3.ok("<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>");
    }

    private Answer get(String name, Optional<String> range) {
        String body = objects.get(name);
        if (body == null) {
            return ScriptedS3.error(404, "NoSuchKey");
        }
        Matcher part = RANGE.matcher(range.orElse(""));
        if (!part.matches()) {
            return ScriptedS3.ok(body);
        }
        int first = Integer.parseInt(part.group(1));
        int last = Integer.parseInt(part.group(2));
        return new Answer(
                206,
                Map.of("Content-Range", "bytes " + first + "-" + last + "/" + body.length()),
                body.substring(first, last + 1));
    }

    private Answer head(String name) {
        String body = objects.get(name);
        return body == null
                ? new Answer(404, Map.of(), "")
                : ScriptedS3.ok(Map.of("Content-Length", String.valueOf(body.length())));
    }

    private Answer put(String name, Request request) {
        Optional<String> source = header(request, "x-amz-copy-source");
        if (source.isPresent()) {
            String from = source.get().substring(source.get().indexOf('/') + 1).replace("%2F", "/");
            objects.put(name, objects.get(from));
            return ScriptedS3.ok("<CopyObjectResult><ETag>\"1\"</ETag></CopyObjectResult>");
        }
        if (header(request, "If-None-Match").isPresent() && objects.containsKey(name)) {
            return ScriptedS3.error(412, "PreconditionFailed");
        }
        if (header(request, "x-amz-checksum-sha256")
                .filter(announced -> !announced.equals(sha256(request.body())))
                .isPresent()) {
            return ScriptedS3.error(400, "BadDigest");
        }
        objects.put(name, request.body());
        return ScriptedS3.ok("");
    }

    private Answer deleteAll(String body) {
        Matcher key = KEY.matcher(body);
        while (key.find()) {
            objects.remove(key.group(1));
        }
        return ScriptedS3.ok("<DeleteResult></DeleteResult>");
    }

    private Answer delete(String name) {
        objects.remove(name);
        return new Answer(204, Map.of(), "");
    }

    private Optional<String> header(Request request, String name) {
        return ignoredHeaders.contains(name.toLowerCase(Locale.ROOT)) ? Optional.empty() : request.header(name);
    }

    private static String sha256(String body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Rule(Predicate<Request> requests, Answer answer) {}
}
