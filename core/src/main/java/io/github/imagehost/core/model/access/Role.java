package io.github.imagehost.core.model.access;

import java.util.Optional;

/** What an owner may do at the most. Its name in lower case is how people write it, and never changes. */
public enum Role {
    /** May do everything. */
    ADMIN,
    /** Looks after pictures of its own. */
    USER;

    /** Whether this is allowed to owners with this role. */
    public boolean allows(Scope scope) {
        return switch (this) {
            case ADMIN -> true;
            case USER -> scope != Scope.ADMIN;
        };
    }

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** The role that people write so; empty for any other text. */
    public static Optional<Role> parse(String label) {
        return Labels.parse(values(), label);
    }
}
