package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.HttpConnection.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of clients that talk to a server. Each fails if an answer is not what it has to be. */
final class HttpClients {

    private static final int CONTINUE = 100;
    private static final int SERVER_ERROR = 500;
    private static final Pattern PATH = Pattern.compile("\"url\":\"https?://[^/]+(/[^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private HttpClients() {}

    /** Clients that upload other pictures each time. */
    static ClosedLoop.Clients uploadingNew(Target target, UploadRequest upload) {
        return () -> {
            byte[] request = upload.bytes().clone();
            return new Requester(target.base()) {
                @Override
                public long request() throws IOException {
                    upload.renumber(request);
                    Response response = connection().exchange(request);
                    for (int sent = 1; response.status() >= SERVER_ERROR && sent < target.attempts(); sent++) {
                        response = connection().exchange(request);
                    }
                    check(response, target.newAnswer());
                    return request.length;
                }
            };
        };
    }

    /** Clients that send the same pictures each time. */
    static ClosedLoop.Clients uploadingTheSame(Target target, UploadRequest upload) {
        return () -> new Requester(target.base()) {
            @Override
            public long request() throws IOException {
                return exchange(upload.bytes(), target.duplicateAnswer());
            }
        };
    }

    /** Clients that each get one of these paths, at random. */
    static ClosedLoop.Clients getting(Target target, List<String> paths) {
        List<byte[]> requests = paths.stream().map(target::get).toList();
        return () -> new Requester(target.base()) {
            @Override
            public long request() throws IOException {
                return exchange(requests.get(ThreadLocalRandom.current().nextInt(requests.size())), "");
            }
        };
    }

    /** Clients that fetch what is there, and look at none of it. */
    static ClosedLoop.Clients fetching(URI base, byte[] request) {
        return () -> new Requester(base) {
            @Override
            public long request() throws IOException {
                connection().fetch(request, OutputStream.nullOutputStream());
                return request.length;
            }
        };
    }

    /** Clients that each delete what is next in the queue of batches. */
    static ClosedLoop.Clients deleting(Target target, Queue<List<Long>> batches) {
        return () -> new Requester(target.base()) {
            @Override
            public long request() throws IOException {
                List<Long> ids = batches.remove();
                byte[] body = ("{\"ids\":" + ids + "}").getBytes(StandardCharsets.US_ASCII);
                byte[] head = target.head(
                        "DELETE",
                        "/api/images",
                        "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
                connection().send(head, 0, head.length);
                return head.length + exchange(body, "\"deletedCount\":" + ids.size());
            }
        };
    }

    /**
     * Clients that announce the digest of a picture that is stored, and send the picture only if they are asked to.
     *
     * @param picture what is stored already
     */
    static ClosedLoop.Clients uploadingByDigest(Target target, Picture picture, MessageDigest sha256) {
        String digest = Base64.getEncoder().encodeToString(sha256.digest(picture.bytes()));
        byte[] head = target.head(
                "PUT",
                "/api/upload/IMG_1000." + picture.type().extension(),
                "Content-Type: " + picture.type().mimeType() + "\r\nContent-Length: " + picture.bytes().length
                        + "\r\nRepr-Digest: sha-256=:" + digest + ":\r\nExpect: 100-continue\r\n");
        return () -> new Requester(target.base()) {
            @Override
            public long request() throws IOException {
                connection().send(head, 0, head.length);
                Response first = connection().receive();
                if (first.status() == CONTINUE) {
                    return head.length + exchange(picture.bytes(), target.duplicateAnswer());
                }
                check(first, target.duplicateAnswer());
                return head.length;
            }
        };
    }

    /**
     * Uploads one picture as it is.
     *
     * @return the path of its link
     */
    static String upload(Target target, UploadRequest upload) throws IOException {
        try (HttpConnection connection = new HttpConnection(target.base())) {
            return found(PATH, connection.exchange(upload.bytes()).expect(HttpConnection.OK));
        }
    }

    /** The bytes that are there. */
    static byte[] fetch(Target target, String path) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (HttpConnection connection = new HttpConnection(target.base())) {
            connection.fetch(target.get(path), body);
        }
        return body.toByteArray();
    }

    /** Uploads other pictures than before, and answers the ids. */
    static List<Long> uploadNew(Target target, UploadRequest upload, int count) throws IOException {
        byte[] request = upload.bytes().clone();
        List<Long> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(target.base())) {
            for (int i = 0; i < count; i++) {
                upload.renumber(request);
                ids.add(Long.valueOf(found(ID, connection.exchange(request).expect(HttpConnection.OK))));
            }
        }
        return ids;
    }

    private static String found(Pattern pattern, Response response) throws IOException {
        Matcher matcher = pattern.matcher(response.text());
        if (!matcher.find()) {
            throw new IOException("There is no " + pattern + " in " + response.text());
        }
        return matcher.group(1);
    }

    private abstract static class Requester implements ClosedLoop.Client {

        private final HttpConnection connection;

        Requester(URI base) {
            this.connection = new HttpConnection(base);
        }

        HttpConnection connection() {
            return connection;
        }

        long exchange(byte[] request, String expected) throws IOException {
            check(connection.exchange(request), expected);
            return request.length;
        }

        static void check(Response response, String expected) throws IOException {
            String text = response.expect(HttpConnection.OK).text();
            if (!text.contains(expected)) {
                throw new IOException("There is no " + expected + " in " + text);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
