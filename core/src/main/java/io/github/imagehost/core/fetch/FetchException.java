package io.github.imagehost.core.fetch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A picture could not be got by its link. Its message is for whoever gave the link, and tells nothing of networks that
 * he can't see: a host that is not there and one that may not be asked are the same.
 */
public final class FetchException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String REFUSED = "url_refused";
    private static final String UNREACHABLE = "url_unreachable";

    /** Why. */
    public enum Reason {
        /** No links are followed here. */
        OFF("fetch_off", "Links are not fetched here"),
        /** None are followed for this sender. */
        SENDER("fetch_forbidden", "Links are not fetched for everybody"),
        /** It is none. */
        MALFORMED(REFUSED, "This is no link"),
        /** It begins with something else. */
        SCHEME(REFUSED, "A link begins with http://, https:// or data:"),
        /** It has a name or a password in it. */
        USER(REFUSED, "The link has a user name in it"),
        /** Its host is written in a way that different programs read differently. */
        HOST(REFUSED, "The host of the link is neither a name nor an address as it is usually written"),
        /** Its port may not be asked. */
        PORT(REFUSED, "The port of the link is neither 80 nor 443"),
        /** Its host is not there, or may not be asked. */
        ADDRESS(REFUSED, "The host of the link is unknown, or not in the public internet"),
        /** It leads on and on. */
        REDIRECTS(REFUSED, "The link leads on too often"),
        /** No connection can be made. */
        CONNECTION(UNREACHABLE, "The host of the link does not answer"),
        /** No connection can be made that is trusted. */
        TLS(UNREACHABLE, "No TLS connection to the link's host can be made and trusted"),
        /** The host answers that there is nothing. */
        STATUS(UNREACHABLE, "The host of the link answers with HTTP status"),
        /** The answer is compressed though nobody asked for that. */
        ENCODING(UNREACHABLE, "The host of the link sends the picture in an encoding that nobody asked for"),
        /** The answer ended too early, or is no legal one. */
        BROKEN(UNREACHABLE, "The answer of the link's host broke off, or is malformed"),
        /** It took too long. */
        TOO_SLOW("url_too_slow", "Fetching the link took longer than the seconds that it may"),
        /** Too many others are being fetched. */
        BUSY("too_many_fetches", "Too many links are being fetched");

        private final String code;
        private final String text;

        Reason(String code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    private final Reason reason;
    private final String detail;

    FetchException(Reason reason) {
        this(reason, "", null);
    }

    FetchException(Reason reason, @Nullable Throwable cause) {
        this(reason, "", cause);
    }

    FetchException(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail.isEmpty() ? reason.text : reason.text + ": " + detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What programs tell reasons apart by, in lower case with underscores; never changes. */
    public String code() {
        return reason.code;
    }

    /** The status or the number of seconds that the message names; empty if there is none. */
    public String detail() {
        return detail;
    }
}
