package io.github.imagehost.core.model.audit;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody did, or tried to do. Never holds what is secret.
 *
 * @param action what
 * @param outcome what came of it
 * @param owner whose pictures, tokens, sessions or rights it is about; empty if nobody knows
 * @param target what of the owner's, such as {@code token:5} or {@code image:12,13}; may be empty
 * @param detail any text that tells more, such as a name; may be empty
 */
public record Act(AuditAction action, Outcome outcome, Optional<OwnerId> owner, String target, String detail) {

    /** How long a target may be; a longer one is cut off. */
    public static final int LONGEST_TARGET = 2100;

    /** How long a detail may be; a longer one is cut off. */
    public static final int LONGEST_DETAIL = 500;

    private static final String CUT_OFF = "…";

    /** What came of something. Its name in lower case is how people write it, and never changes. */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It was not allowed. */
        REFUSED;

        /** How people write it. */
        public String label() {
            return Labels.of(this);
        }
    }

    public Act {
        target = shortened(target, LONGEST_TARGET);
        detail = shortened(detail, LONGEST_DETAIL);
    }

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - CUT_OFF.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT_OFF;
    }

    /** Something that was done, of which nothing else is known yet. */
    public static Act of(AuditAction action) {
        return new Act(action, Outcome.DONE, Optional.empty(), "", "");
    }

    /** The same, about this owner's. */
    public Act about(OwnerId whose) {
        return new Act(action, outcome, Optional.of(whose), target, detail);
    }

    /** The same, with this target. */
    public Act on(String kind, long id) {
        return on(kind, List.of(id));
    }

    /** The same, with several targets at once. */
    public Act on(String kind, Collection<Long> ids) {
        String list = ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        return new Act(action, outcome, owner, kind + ":" + list, detail);
    }

    /** The same, with this detail. */
    public Act with(String text) {
        return new Act(action, outcome, owner, target, text);
    }

    /** The same, but it was not allowed. */
    public Act refused() {
        return new Act(action, Outcome.REFUSED, owner, target, detail);
    }
}
