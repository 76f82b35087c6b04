package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows who owners are at identity providers, and begins their sessions. Whether somebody is who he says he is was
 * asked before. Every operation may throw a {@link RepositoryException}. Safe for use by many threads.
 */
public final class Identities {

    private static final String NAMELESS = "owner";
    private static final Pattern ILLEGAL = Pattern.compile("[^a-z0-9._@-]+");
    private static final Pattern NO_LETTERS_AT_FIRST = Pattern.compile("^[^a-z]+");

    /** Leaves room for a number behind it. */
    private static final int LONGEST_BEGINNING = 56;

    private final AccessRepository repository;
    private final Sessions sessions;

    /** @param repository stays open */
    public Identities(AccessRepository repository, InstantSource clock) {
        this.repository = repository;
        this.sessions = new Sessions(repository, clock);
    }

    /**
     * Begins a session for the owner who has this identity.
     *
     * @throws UnknownIdentityException if nobody has it
     * @throws CredentialRefusedException if the owner is suspended
     */
    public StartedSession logIn(Identity identity) {
        return begin(repository.findOwner(identity).orElseThrow(() -> new UnknownIdentityException(identity)));
    }

    /**
     * As {@link #logIn}, for an owner who is added if nobody has this identity. Its name is as much of what the
     * provider calls him as is legal, with a number behind it if somebody has that already: nobody becomes another
     * owner because of what he is called.
     *
     * @param calledBy any text; empty if it is not known
     * @throws CredentialRefusedException if the owner is suspended
     */
    public StartedSession logInOrAdd(Identity identity, Optional<String> calledBy) {
        return begin(findOrAdd(identity, beginningOfName(calledBy.orElse(""))));
    }

    private Owner findOrAdd(Identity identity, String beginning) {
        for (int i = 1; ; i++) {
            Optional<Owner> found = repository.findOwner(identity);
            if (found.isPresent()) {
                return found.get();
            }
            try {
                Optional<Owner> added =
                        repository.addOwner(new OwnerName(i == 1 ? beginning : beginning + i), identity);
                if (added.isPresent()) {
                    return added.get();
                }
            } catch (NameTakenException e) {
                // the next one is free, or the one after that
            }
        }
    }

    private static String beginningOfName(String text) {
        String legal = ILLEGAL.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
        String name = NO_LETTERS_AT_FIRST.matcher(legal).replaceFirst("");
        return name.isEmpty() ? NAMELESS : name.substring(0, Math.min(name.length(), LONGEST_BEGINNING));
    }

    private StartedSession begin(Owner owner) {
        // owners are never deleted
        OwnerLogin login = repository.findLogin(owner.id()).orElseThrow();
        return sessions.start(owner.id(), login.epoch(), SessionStart.OIDC, Optional.empty());
    }

    /**
     * From now on this identity is this owner's, whoever had it before; sessions that it began stay those of the owner
     * for whom they began. May be repeated.
     *
     * @param owner who is there
     * @throws GuestOwnerException if it is that of guests
     */
    public void give(Identity identity, Owner owner) {
        GuestOwnerException.throwIfGuest(owner);
        repository.giveIdentity(identity, owner.id());
    }
}
