package io.github.imagehost.s3.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An HTTP server that answers as a test says, for what no real S3 server can be brought to answer. */
public final class ScriptedS3 implements AutoCloseable {

    private static final String EMPTY_LISTING =
            "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>";

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> script = request -> ok(EMPTY_LISTING);

    /** A server that answers every request with a listing of nothing. */
    public ScriptedS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A store of this server; making it is not among the requests. */
    public S3ImageStore store(Map<String, String> more) {
        S3ImageStore store = S3ImageStore.create(settings(more));
        requests.clear();
        return store;
    }

    /** The settings to use it, and more of them. */
    public S3Settings settings(Map<String, String> more) {
        return S3Settings.from(Settings.of(values(more)));
    }

    /** The same as names and values. */
    public Map<String, String> values(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "S3_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort(),
                "S3_BUCKET", "pictures",
                "S3_ACCESS_KEY", "access",
                "S3_SECRET_KEY", "hush-hush"));
        all.putAll(more);
        return all;
    }

    /** What it answers from now on. */
    public void answer(Function<Request, Answer> answers) {
        script = answers;
    }

    /** What came in so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Success with a body. */
    public static Answer ok(String body) {
        return new Answer(200, Map.of(), body);
    }

    /** Success with headers. */
    public static Answer ok(Map<String, String> headers) {
        return new Answer(200, headers, "");
    }

    /** A failure as S3 stores tell it. */
    public static Answer error(int status, String code) {
        return new Answer(
                status, Map.of(), "<Error><Code>" + code + "</Code><Message>at s3.internal.example</Message></Error>");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = script.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (request.method().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** What came in. */
    public record Request(String method, String target, Map<String, List<String>> headers, String body) {

        /** The first value of a header, in any case. */
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst();
        }
    }

    /** What goes out. */
    public record Answer(int status, Map<String, String> headers, String body) {}
}
