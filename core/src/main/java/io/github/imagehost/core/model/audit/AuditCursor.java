package io.github.imagehost.core.model.audit;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the audit log: right behind one entry, which may be gone by then. The log continues from it at the same
 * cost at any depth.
 *
 * @param at when the entry's event happened, in milliseconds
 * @param id of the entry
 */
public record AuditCursor(Instant at, long id) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})\\.([0-9]{1,18})");

    public AuditCursor {
        if (!AuditQuery.isLegal(at)) {
            throw new IllegalArgumentException("Nothing happens at " + at);
        }
    }

    /** The place right behind this entry. */
    public static AuditCursor behind(AuditEntry entry) {
        return new AuditCursor(entry.event().at(), entry.id());
    }

    /**
     * The cursor that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the text is no such cursor
     */
    public static AuditCursor decode(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a cursor of the audit log");
        }
        return new AuditCursor(
                Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), Long.parseLong(matcher.group(2)));
    }

    /** The cursor as text that can stand in a URL as it is. */
    public String encode() {
        return at.toEpochMilli() + "." + id;
    }
}
