package io.github.imagehost.rest.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the service that speaks HTTP/1.1. Safe for use by many threads. */
public final class Client {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final URI base;
    private final HttpClient http;
    private final String[] headers;

    public Client(URI base) {
        this(
                base,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(LIMIT)
                        .build());
    }

    private Client(URI base, HttpClient http, String... headers) {
        this.base = base;
        this.http = http;
        this.headers = headers;
    }

    /** The same, which sends these headers with each request. */
    public Client with(String... everywhere) {
        return new Client(base, http, everywhere);
    }

    /** Where the service is. */
    public URI base() {
        return base;
    }

    public Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer deleteJson(String path, String json) throws IOException, InterruptedException {
        return send("DELETE", path, HttpRequest.BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    /** Uploads one file in the field {@code image}. */
    public Answer upload(String filename, byte[] content) throws IOException, InterruptedException {
        return post("/api/upload", new Multipart().file("image", filename, content));
    }

    /** Uploads one picture that is all of the body; the name is percent-encoded already. */
    public Answer put(String name, byte[] content, String... headers) throws IOException, InterruptedException {
        return send("PUT", "/api/upload/" + name, HttpRequest.BodyPublishers.ofByteArray(content), headers);
    }

    public Answer postJson(String path, String json, String... headers) throws IOException, InterruptedException {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(json), headers);
    }

    public Answer post(String path, Multipart multipart, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, headers)
                .header("Content-Type", multipart.contentType())
                .method("POST", HttpRequest.BodyPublishers.ofByteArray(multipart.bytes()));
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = request(path, headers).method(method, body).build();
        return new Answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    private HttpRequest.Builder request(String path, String... further) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
        for (String[] some : new String[][] {headers, further}) {
            if (some.length > 0) {
                request.headers(some);
            }
        }
        return request;
    }

    /** The path of an image's link, which begins with another host in the tests. */
    public static String pathOf(String url) {
        return URI.create(url).getRawPath();
    }
}
