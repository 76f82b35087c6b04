package io.github.imagehost.rest.upload;

import io.github.imagehost.core.intake.Base64InputStream;
import io.github.imagehost.core.intake.MalformedBase64Exception;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture as a text: base64, alone or in a {@code data:} URL, or a link to it.
 *
 * @param link where it is; empty if it is in the text itself
 * @param content of the text itself, decoded; fails with a {@link MalformedBase64Exception} where it is no base64
 */
record TextualPicture(Optional<String> link, InputStream content) {

    /** Longer than what may stand before the content of a {@code data:} URL. */
    private static final int HEAD = 200;

    /** More than a link may have, so that a longer one is refused rather than cut. */
    private static final int MOST_OF_LINK = 16 * 1024;

    /** Base64 has no colon. */
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):");

    private static final Pattern BEFORE_BASE64 =
            Pattern.compile("\\s*data:[^,]*;\\s*base64\\s*,", Pattern.CASE_INSENSITIVE);

    /**
     * What a text stands for.
     *
     * @param text in ASCII; stays open
     * @throws ApiException if the text is a {@code data:} URL without base64
     */
    static TextualPicture read(InputStream text) throws IOException {
        PushbackInputStream in = new PushbackInputStream(text, HEAD);
        byte[] bytes = in.readNBytes(HEAD);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher scheme = SCHEME.matcher(head);
        int start = 0;
        if (scheme.lookingAt()) {
            if (!scheme.group(1).toLowerCase(Locale.ROOT).equals("data")) {
                in.unread(bytes);
                String link = new String(in.readNBytes(MOST_OF_LINK), StandardCharsets.UTF_8);
                return new TextualPicture(Optional.of(link), InputStream.nullInputStream());
            }
            Matcher before = BEFORE_BASE64.matcher(head);
            if (!before.lookingAt()) {
                throw new ApiException(ApiError.MALFORMED_BASE64);
            }
            start = before.end();
        }
        in.unread(bytes, start, bytes.length - start);
        return new TextualPicture(Optional.empty(), new Base64InputStream(in));
    }
}
