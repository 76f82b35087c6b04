package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.intake.Base64InputStream;
import io.github.imagehost.core.intake.MalformedBase64Exception;
import io.github.imagehost.core.port.web.UntrustedHostException;
import io.github.imagehost.core.port.web.WebAnswer;
import io.github.imagehost.core.port.web.WebClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens what a text stands for: a link ({@code https://…}), a {@code data:} URL (RFC 2397), or a picture in Base64. A
 * link is fetched, and everything about it that a stranger may have chosen is looked at before: see {@link FetchRules}.
 * Safe for use by many threads.
 */
public final class LinkedPictures implements AutoCloseable {

    /** How often a link may lead on. */
    private static final int MOST_REDIRECTS = 5;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    private static final String IDENTITY = "identity";

    /** Of a {@code data:} URL, up to the comma. */
    private static final int LONGEST_HEADER = 1024;

    private static final Pattern DATA =
            Pattern.compile("\\s*data:[^,]*?(?<base64>;\\s*base64\\s*)?,", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIKE_DATA = Pattern.compile("\\s*data:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Every link has a colon; without one it looks like a mistake rather than like Base64 if it has a dot. */
    private static final Pattern LIKE_A_LINK = Pattern.compile("[^:.]*[:.].*", Pattern.DOTALL);

    private final WebClient client;
    private final FetchSettings settings;
    private final FetchRules rules;
    private final Semaphore places;

    /**
     * @param client is closed with this
     * @param resolver looks names up
     * @param atOnce how many links are fetched at once; at least 1
     */
    public LinkedPictures(WebClient client, FetchSettings settings, NameResolver resolver, int atOnce) {
        this.client = client;
        this.settings = settings;
        this.rules = new FetchRules(settings.allowed(), resolver);
        this.places = new Semaphore(atOnce);
    }

    /**
     * Opens what a text stands for.
     *
     * @return is closed by the caller
     * @throws FetchException if it can't be got
     */
    public LinkedPicture open(String text) throws IOException {
        return open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Opens what a text of any length stands for.
     *
     * @param text in UTF-8; stays open, and is read while the content is
     * @return is closed by the caller
     * @throws FetchException if it can't be got
     * @throws IOException if the text can't be read
     */
    public LinkedPicture open(InputStream text) throws IOException {
        Text read = Text.of(text);
        return read.isLink() ? fetch(read.link()) : read.decoded();
    }

    /**
     * Does the same for somebody for whom nothing is fetched: a picture has to be in the text itself.
     *
     * @throws FetchException also if the text is a link
     */
    public LinkedPicture openData(InputStream text) throws IOException {
        Text read = Text.of(text);
        if (read.isLink()) {
            throw new FetchException(Reason.SENDER);
        }
        return read.decoded();
    }

    /**
     * A text of which the beginning was read.
     *
     * @param isLong whether the beginning is not all of it
     * @param all from its beginning on
     */
    private record Text(String head, boolean isLong, PushbackInputStream all) {

        static Text of(InputStream text) throws IOException {
            PushbackInputStream all = new PushbackInputStream(text, WebAddress.LONGEST + 1);
            byte[] head = all.readNBytes(WebAddress.LONGEST + 1);
            all.unread(head);
            return new Text(new String(head, StandardCharsets.UTF_8), head.length > WebAddress.LONGEST, all);
        }

        boolean isLink() {
            return LIKE_A_LINK.matcher(head).matches() && !isData();
        }

        private boolean isData() {
            return LIKE_DATA.matcher(head).matches();
        }

        String link() throws FetchException {
            if (isLong) {
                throw new FetchException(Reason.MALFORMED);
            }
            return head;
        }

        /** It fails with a {@link MalformedBase64Exception} where it is none. */
        LinkedPicture decoded() throws IOException {
            InputStream content = isData() ? data() : new Base64InputStream(all);
            return new LinkedPicture("", OptionalLong.empty(), content);
        }

        private InputStream data() throws IOException {
            Matcher header = DATA.matcher(head.substring(0, Math.min(head.length(), LONGEST_HEADER)));
            if (!header.lookingAt()) {
                throw new FetchException(Reason.MALFORMED);
            }
            all.skipNBytes(header.group().getBytes(StandardCharsets.UTF_8).length);
            InputStream data = new PercentInputStream(all);
            return header.group("base64") == null ? data : new Base64InputStream(data);
        }
    }

    private LinkedPicture fetch(String link) throws IOException {
        if (!settings.isOn()) {
            throw new FetchException(Reason.OFF);
        }
        WebAddress address = WebAddress.parse(link);
        if (!places.tryAcquire()) {
            throw new FetchException(Reason.BUSY);
        }
        Optional<LinkedPicture> picture = Optional.empty();
        try {
            picture = Optional.of(follow(address, Deadline.in(settings.timeout())));
            return picture.get();
        } finally {
            if (picture.isEmpty()) {
                places.release();
            }
        }
    }

    private LinkedPicture follow(WebAddress first, Deadline deadline) throws IOException {
        WebAddress address = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            WebAnswer answer = get(address, deadline);
            boolean isKept = false;
            try {
                Optional<String> location =
                        REDIRECTS.contains(answer.status()) ? answer.header("Location") : Optional.empty();
                if (location.isEmpty()) {
                    LinkedPicture picture = picture(address, answer, deadline);
                    isKept = true;
                    return picture;
                }
                address = address.resolve(location.get());
            } finally {
                if (!isKept) {
                    answer.close();
                }
            }
        }
        throw new FetchException(Reason.REDIRECTS);
    }

    private WebAnswer get(WebAddress address, Deadline deadline) throws FetchException {
        try {
            return client.get(rules.check(address), deadline.left());
        } catch (UntrustedHostException e) {
            throw deadline.problemOf(e, Reason.TLS);
        } catch (IOException e) {
            throw deadline.problemOf(e, Reason.CONNECTION);
        }
    }

    private LinkedPicture picture(WebAddress address, WebAnswer answer, Deadline deadline) throws FetchException {
        if (answer.status() != OK) {
            throw new FetchException(Reason.STATUS, String.valueOf(answer.status()), null);
        }
        if (!answer.header("Content-Encoding").orElse(IDENTITY).equalsIgnoreCase(IDENTITY)) {
            // a small answer could become a large one, and no picture gets smaller by it
            throw new FetchException(Reason.ENCODING);
        }
        return new LinkedPicture(
                address.name(), answer.length(), new FetchedContent(answer, deadline, places::release));
    }

    @Override
    public void close() {
        client.close();
    }
}
