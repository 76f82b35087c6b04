package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.usage.Quota;
import java.time.Duration;

/**
 * An invitation that somebody wants.
 *
 * @param uses how many owners it may make, from 1 to {@value #MOST_USES}
 * @param life how long it is good, from a second to {@link #LONGEST_LIFE}
 * @param quota what each of them may have
 */
public record InvitationRequest(int uses, Duration life, Quota quota) {

    /** The largest number of uses. */
    public static final int MOST_USES = 1000;

    /** How long an invitation is good unless somebody says otherwise. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(7);

    /** The longest life. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    public InvitationRequest {
        if (!isLegalNumberOfUses(uses)) {
            throw new IllegalArgumentException("An invitation has 1 to " + MOST_USES + " uses, not " + uses);
        }
        if (!isLegalLife(life)) {
            throw new IllegalArgumentException(
                    "An invitation lives from 1 second to " + LONGEST_LIFE.toDays() + " days, not " + life);
        }
    }

    /** Whether an invitation may have so many uses. */
    public static boolean isLegalNumberOfUses(long uses) {
        return uses >= 1 && uses <= MOST_USES;
    }

    /** Whether an invitation may live for so long. */
    public static boolean isLegalLife(Duration life) {
        return life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0;
    }
}
