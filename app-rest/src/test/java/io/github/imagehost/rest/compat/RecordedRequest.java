package io.github.imagehost.rest.compat;

import com.google.common.primitives.Bytes;
import io.github.imagehost.rest.testing.RawAnswer;
import io.github.imagehost.rest.testing.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client sends before its picture and behind it, with {@code TOKEN}, {@code NAME} and {@code LENGTH} in the
 * place of what differs.
 *
 * @param reading how the client reads the answer
 * @param isBase64 whether the picture is a text
 */
record RecordedRequest(String client, Reading reading, boolean isBase64, String head, String tail) {

    /** Sends it. */
    RawAnswer send(int port, String address, String token, String name, byte[] picture) throws IOException {
        return RawAnswer.of(RawRequest.send(port, bytes(address, token, name, picture)));
    }

    private byte[] bytes(String address, String token, String name, byte[] picture) {
        String start = filled(head, token, name);
        byte[] end = filled(tail, token, name).getBytes(StandardCharsets.UTF_8);
        byte[] content = isBase64 ? Base64.getEncoder().encode(picture) : picture;
        int bodyStart = start.indexOf("\r\n\r\n") + 4;
        int length = start.substring(bodyStart).getBytes(StandardCharsets.UTF_8).length + content.length + end.length;
        String sent = start.replace("LENGTH", String.valueOf(length))
                // every client is another one, so that none pays for the wrong tokens of the others
                .replaceFirst("\r\n", "\r\nX-Forwarded-For: " + address + "\r\n");
        return Bytes.concat(sent.getBytes(StandardCharsets.UTF_8), content, end);
    }

    private static String filled(String text, String token, String name) {
        return text.replace("\n", "\r\n").replace("TOKEN", token).replace("NAME", name);
    }

    @Override
    public String toString() {
        return client;
    }
}
