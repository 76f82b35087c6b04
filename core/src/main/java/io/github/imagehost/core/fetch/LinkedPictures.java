package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.web.UntrustedHostException;
import io.github.imagehost.core.port.web.WebAnswer;
import io.github.imagehost.core.port.web.WebClient;
import io.github.imagehost.core.work.SharedPlaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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

    private final WebClient client;
    private final FetchSettings settings;
    private final FetchRules rules;
    private final SharedPlaces<OwnerId> places;

    /**
     * @param client is closed with this
     * @param resolver looks names up
     * @param places of which each link that is fetched takes one
     */
    public LinkedPictures(
            WebClient client, FetchSettings settings, NameResolver resolver, SharedPlaces<OwnerId> places) {
        this.client = client;
        this.settings = settings;
        this.rules = new FetchRules(settings.allowed(), resolver);
        this.places = places;
    }

    /**
     * Opens what a text stands for.
     *
     * @param sender who wants it
     * @return is closed by the caller
     * @throws FetchException if it can't be got
     */
    public LinkedPicture open(OwnerId sender, String text) throws IOException {
        return open(sender, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Opens what a text of any length stands for.
     *
     * @param sender who wants it
     * @param text in UTF-8; stays open, and is read while the content is
     * @return is closed by the caller
     * @throws FetchException if it can't be got
     * @throws IOException if the text can't be read
     */
    public LinkedPicture open(OwnerId sender, InputStream text) throws IOException {
        PictureText read = PictureText.of(text);
        return read.isLink() ? fetch(sender, read) : in(read);
    }

    /**
     * Does the same for somebody for whom nothing is fetched: a picture has to be in the text itself.
     *
     * @throws FetchException also if the text is a link
     */
    public LinkedPicture openData(InputStream text) throws IOException {
        PictureText read = PictureText.of(text);
        if (read.isLink()) {
            throw new FetchException(Reason.SENDER);
        }
        return in(read);
    }

    private static LinkedPicture in(PictureText text) throws IOException {
        return new LinkedPicture("", OptionalLong.empty(), text.content());
    }

    private LinkedPicture fetch(OwnerId sender, PictureText link) throws IOException {
        if (!settings.isOn()) {
            throw new FetchException(Reason.OFF);
        }
        if (link.isLong()) {
            throw new FetchException(Reason.MALFORMED);
        }
        WebAddress address = WebAddress.parse(link.link());
        Runnable leave = places.enter(sender).orElseThrow(() -> new FetchException(Reason.BUSY));
        Optional<LinkedPicture> picture = Optional.empty();
        try {
            picture = Optional.of(follow(address, Deadline.in(settings.timeout()), leave));
            return picture.get();
        } finally {
            if (picture.isEmpty()) {
                leave.run();
            }
        }
    }

    private LinkedPicture follow(WebAddress first, Deadline deadline, Runnable leave) throws IOException {
        WebAddress address = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            WebAnswer answer = get(address, deadline);
            boolean isKept = false;
            try {
                Optional<String> location =
                        REDIRECTS.contains(answer.status()) ? answer.header("Location") : Optional.empty();
                if (location.isEmpty()) {
                    LinkedPicture picture = picture(address, answer, deadline, leave);
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

    private LinkedPicture picture(WebAddress address, WebAnswer answer, Deadline deadline, Runnable leave)
            throws FetchException {
        if (answer.status() != OK) {
            throw new FetchException(Reason.STATUS, String.valueOf(answer.status()), null);
        }
        if (!answer.header("Content-Encoding").orElse(IDENTITY).equalsIgnoreCase(IDENTITY)) {
            // a small answer could become a large one, and no picture gets smaller by it
            throw new FetchException(Reason.ENCODING);
        }
        return new LinkedPicture(address.name(), answer.length(), new FetchedContent(answer, deadline, leave));
    }

    @Override
    public void close() {
        client.close();
    }
}
