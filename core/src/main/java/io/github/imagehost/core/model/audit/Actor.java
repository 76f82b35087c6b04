package io.github.imagehost.core.model.audit;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Labels;
import java.util.Optional;

/**
 * Who did something.
 *
 * @param kind how he came in
 * @param owner for whom he acts; empty if for nobody
 * @param token by which he acts, or by which his session began; empty if it was none that the database knows
 * @param client the address of his machine, at most {@value #LONGEST_CLIENT} characters; empty if it is this one
 */
public record Actor(Kind kind, Optional<OwnerId> owner, Optional<Long> token, Optional<String> client) {

    /** How long an address may be: one of IPv6. */
    public static final int LONGEST_CLIENT = 45;

    /** Whoever gives commands on the machine of the service. */
    public static final Actor COMMAND_LINE = new Actor(Kind.CLI, Optional.empty(), Optional.empty(), Optional.empty());

    /** How somebody came in. Its name in lower case is how people write it, and never changes. */
    public enum Kind {
        /** By a token, that of the settings included. */
        TOKEN,
        /** By the session of a browser. */
        SESSION,
        /** By the command line. */
        CLI,
        /** From this machine, which needs no login. */
        LOCAL,
        /** Because the service is open to everybody. */
        OPEN,
        /** As a guest, of whom nothing else is known. */
        GUEST,
        /** By a link that lets whoever has it do this one thing. */
        LINK,
        /** Not at all: nobody knows who it was. */
        ANONYMOUS,
        /** In a way that only a later version has a name for; is read, but never written. */
        UNKNOWN;

        /** How people write it. */
        public String label() {
            return Labels.of(this);
        }

        /** The kind that people write so; empty for any other text. */
        public static Optional<Kind> parse(String label) {
            return Labels.parse(values(), label);
        }
    }
}
