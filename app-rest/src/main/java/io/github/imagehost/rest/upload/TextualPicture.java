package io.github.imagehost.rest.upload;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A picture as a text: base64, alone or in a {@code data:} URL. */
final class TextualPicture {

    /** Longer than what may stand before the content of a {@code data:} URL. */
    private static final int HEAD = 200;

    /** Base64 has no colon. */
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):");

    private static final Pattern BEFORE_BASE64 =
            Pattern.compile("\\s*data:[^,]*;\\s*base64\\s*,", Pattern.CASE_INSENSITIVE);

    private TextualPicture() {}

    /**
     * The bytes of a picture.
     *
     * @param text in ASCII; stays open
     * @return fails with an {@link ApiException} where the text is no base64
     * @throws ApiException if the text is a link, or a {@code data:} URL without base64
     */
    static InputStream decode(InputStream text) throws IOException {
        PushbackInputStream in = new PushbackInputStream(text, HEAD);
        byte[] bytes = in.readNBytes(HEAD);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher scheme = SCHEME.matcher(head);
        int start = 0;
        if (scheme.lookingAt()) {
            if (!scheme.group(1).toLowerCase(Locale.ROOT).equals("data")) {
                throw new ApiException(ApiError.LINK_NOT_FETCHED);
            }
            Matcher before = BEFORE_BASE64.matcher(head);
            if (!before.lookingAt()) {
                throw new ApiException(ApiError.MALFORMED_BASE64);
            }
            start = before.end();
        }
        in.unread(bytes, start, bytes.length - start);
        return new Base64InputStream(in);
    }
}
