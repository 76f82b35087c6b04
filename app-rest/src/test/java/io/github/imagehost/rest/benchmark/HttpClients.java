package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.HttpConnection.Response;
import java.io.IOException;
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

    private static final int OK = 200;
    private static final int CONTINUE = 100;
    private static final int SERVER_ERROR = 500;
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
    static ClosedLoop.Clients uploadingTheSame(URI base, UploadRequest upload, String expected) {
        return () -> new Requester(base) {
            @Override
            public long request() throws IOException {
                return exchange(upload.bytes(), expected);
            }
        };
    }

    /** Clients that each get one of these paths, at random. */
    static ClosedLoop.Clients getting(URI base, List<String> paths) {
        List<byte[]> requests =
                paths.stream().map(path -> HttpConnection.get(base, path)).toList();
        return () -> new Requester(base) {
            @Override
            public long request() throws IOException {
                return exchange(requests.get(ThreadLocalRandom.current().nextInt(requests.size())), "");
            }
        };
    }

    /** Clients that each delete what is next in the queue of batches. */
    static ClosedLoop.Clients deleting(URI base, Queue<List<Long>> batches) {
        return () -> new Requester(base) {
            @Override
            public long request() throws IOException {
                List<Long> ids = batches.remove();
                byte[] body = ("{\"ids\":" + ids + "}").getBytes(StandardCharsets.US_ASCII);
                byte[] head = HttpConnection.head(
                        base,
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
    static ClosedLoop.Clients uploadingByDigest(URI base, Picture picture, MessageDigest sha256) {
        String digest = Base64.getEncoder().encodeToString(sha256.digest(picture.bytes()));
        byte[] head = HttpConnection.head(
                base,
                "PUT",
                "/api/upload/IMG_1000." + picture.type().extension(),
                "Content-Type: " + picture.type().mimeType() + "\r\nContent-Length: " + picture.bytes().length
                        + "\r\nRepr-Digest: sha-256=:" + digest + ":\r\nExpect: 100-continue\r\n");
        return () -> new Requester(base) {
            @Override
            public long request() throws IOException {
                connection().send(head, 0, head.length);
                Response first = connection().receive();
                if (first.status() == CONTINUE) {
                    return head.length + exchange(picture.bytes(), "\"duplicate\":true");
                }
                check(first, "\"duplicate\":true");
                return head.length;
            }
        };
    }

    /** Uploads one picture as it is, and answers its id. */
    static long upload(URI base, UploadRequest upload) throws IOException {
        try (HttpConnection connection = new HttpConnection(base)) {
            return idIn(connection.exchange(upload.bytes()).expect(OK));
        }
    }

    /** Uploads other pictures than before, and answers the ids. */
    static List<Long> uploadNew(URI base, UploadRequest upload, int count) throws IOException {
        byte[] request = upload.bytes().clone();
        List<Long> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(base)) {
            for (int i = 0; i < count; i++) {
                upload.renumber(request);
                ids.add(idIn(connection.exchange(request).expect(OK)));
            }
        }
        return ids;
    }

    private static long idIn(Response response) throws IOException {
        Matcher id = ID.matcher(response.text());
        if (!id.find()) {
            throw new IOException("There is no id in " + response.text());
        }
        return Long.parseLong(id.group(1));
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
            String text = response.expect(OK).text();
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
