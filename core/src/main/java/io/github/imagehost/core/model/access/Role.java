package io.github.imagehost.core.model.access;

import java.util.List;
import java.util.Optional;

/** What an owner may do at the most. Its name in lower case is how people write it, and never changes. */
public enum Role {
    /** May do everything. */
    ADMIN,
    /** Looks after pictures of its own. */
    USER,
    /** Stands for everybody who comes without a credential. There is one owner with it at the most. */
    GUEST;

    /** The roles that can be given to an owner. */
    public static final List<Role> GIVEN = List.of(ADMIN, USER);

    /** Whether this is allowed to owners with this role. */
    public boolean allows(Scope scope) {
        return switch (this) {
            case ADMIN -> true;
            case USER -> scope != Scope.ADMIN;
            case GUEST -> scope == Scope.UPLOAD;
        };
    }

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** The role that people write so, of those that can be given; empty for any other text. */
    public static Optional<Role> parse(String label) {
        return Labels.parse(values(), label).filter(GIVEN::contains);
    }
}
