package io.github.imagehost.core.model.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an owner may do at the most. Its name in lower case is how people write it, and never changes. */
public enum Role {
    /** May do everything. */
    ADMIN(EnumSet.allOf(Scope.class)),
    /** Looks after pictures of its own. */
    USER(EnumSet.complementOf(EnumSet.of(Scope.ADMIN)));

    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = scopes;
    }

    /** Whether this is allowed to owners with this role. */
    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    /** How people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that people write so; empty for any other text. */
    public static Optional<Role> parse(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
