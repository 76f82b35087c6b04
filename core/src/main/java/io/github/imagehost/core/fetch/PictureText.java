package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.intake.Base64InputStream;
import io.github.imagehost.core.intake.refusal.MalformedBase64Exception;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that stands for a picture: a link ({@code https://…}), a {@code data:} URL (RFC 2397), or Base64. Its
 * beginning is read, the rest with the content. For one thread.
 */
public final class PictureText {

    /** Of a {@code data:} URL, up to the comma. */
    private static final int LONGEST_HEADER = 1024;

    private static final Pattern DATA =
            Pattern.compile("\\s*data:[^,]*?(?<base64>;\\s*base64\\s*)?,", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIKE_DATA = Pattern.compile("\\s*data:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Every link has a colon; without one it looks like a mistake rather than like Base64 if it has a dot. */
    private static final Pattern LIKE_A_LINK = Pattern.compile("[^:.]*[:.].*", Pattern.DOTALL);

    private final String head;
    private final boolean isLong;
    private final PushbackInputStream all;

    private PictureText(String head, boolean isLong, PushbackInputStream all) {
        this.head = head;
        this.isLong = isLong;
        this.all = all;
    }

    /**
     * What a text stands for.
     *
     * @param text in UTF-8; stays open
     * @throws IOException if it can't be read
     */
    public static PictureText of(InputStream text) throws IOException {
        PushbackInputStream all = new PushbackInputStream(text, WebAddress.LONGEST + 1);
        byte[] head = all.readNBytes(WebAddress.LONGEST + 1);
        all.unread(head);
        return new PictureText(new String(head, StandardCharsets.UTF_8), head.length > WebAddress.LONGEST, all);
    }

    /** Whether it says where the picture is, legally or not, rather than being the picture itself. */
    public boolean isLink() {
        return LIKE_A_LINK.matcher(head).matches() && !isData();
    }

    private boolean isData() {
        return LIKE_DATA.matcher(head).matches();
    }

    /** The link; of one that is too long only so much that it still is. */
    public String link() {
        return head;
    }

    /** Whether there is more of it than a link may have. */
    boolean isLong() {
        return isLong;
    }

    /**
     * The picture in the text itself, decoded. It fails with a {@link MalformedBase64Exception} where it is no Base64.
     *
     * @throws FetchException if it is a {@code data:} URL without content
     * @throws IOException if it can't be read
     */
    public InputStream content() throws IOException {
        if (!isData()) {
            return new Base64InputStream(all);
        }
        Matcher header = DATA.matcher(head.substring(0, Math.min(head.length(), LONGEST_HEADER)));
        if (!header.lookingAt()) {
            throw new FetchException(Reason.MALFORMED);
        }
        all.skipNBytes(header.group().getBytes(StandardCharsets.UTF_8).length);
        InputStream data = new PercentInputStream(all);
        return header.group("base64") == null ? data : new Base64InputStream(data);
    }
}
