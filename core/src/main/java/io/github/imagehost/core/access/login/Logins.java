package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.source.RequestSource;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.PasswordHasher;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Begins sessions for whoever shows that he may, and changes passwords. How often somebody may try is not asked here.
 * Every operation may throw a {@link RepositoryException}, and those that look at a password a
 * {@link PasswordsBusyException}. Safe for use by many threads.
 */
public final class Logins {

    /** Longer than a few others take, and shorter than people wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AccessRepository repository;
    private final InstantSource clock;
    private final Authenticator authenticator;
    private final LoginLinks links;
    private final Sessions sessions;
    private final Passwords passwords;

    /** @param repository stays open */
    public Logins(
            AccessRepository repository, InstantSource clock, Authenticator authenticator, PasswordHasher hasher) {
        this.repository = repository;
        this.clock = clock;
        this.authenticator = authenticator;
        this.links = new LoginLinks(repository, clock);
        this.sessions = new Sessions(repository, clock);
        this.passwords = new Passwords(hasher, PATIENCE);
    }

    /**
     * Begins a session with a password. Whoever has no password, is suspended or is not there is refused in the same
     * words and after the same work as whoever has another password.
     *
     * @param name of the owner, as somebody has typed it
     * @param password as somebody has typed it
     * @throws CredentialRefusedException if that is not how an active owner logs in
     */
    public StartedSession withPassword(String name, String password) {
        OwnerLogin login = login(name, password);
        return sessions.start(login.owner(), login.epoch(), SessionStart.PASSWORD, Optional.empty());
    }

    /**
     * As whom somebody acts who shows a password, without a session; refused as by {@link #withPassword}.
     *
     * @param name of the owner, as somebody has typed it
     * @param password as somebody has typed it
     * @throws CredentialRefusedException if that is not how an active owner logs in
     */
    public Principal byPassword(String name, String password) {
        OwnerLogin login = login(name, password);
        Owner owner = repository
                .findOwner(login.owner())
                .filter(Owner::isActive)
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        return Principal.inPerson(owner.id(), owner.role(), EnumSet.allOf(Scope.class));
    }

    /**
     * As whom somebody acts who shows a token in place of a password, without a session.
     *
     * @param name of the owner, as somebody has typed it
     * @param credential any text
     * @throws CredentialRefusedException if it stands for nobody, or not any more, or for another owner
     * @throws SourceRefusedException if it is not good from there
     */
    public Principal byToken(String name, String credential, RequestSource source) {
        Principal bearer = authenticator.authenticate(credential);
        Optional<OwnerName> own = repository.findOwner(bearer.owner()).map(Owner::name);
        if (own.isEmpty() || !ownerName(name).equals(own)) {
            throw new CredentialRefusedException(Reason.INVALID);
        }
        bearer.check(source);
        return bearer;
    }

    private OwnerLogin login(String name, String password) {
        Optional<OwnerLogin> found = ownerName(name).flatMap(repository::findLogin);
        boolean matches = passwords.matches(password, found.flatMap(OwnerLogin::password));
        OwnerLogin login = found.filter(any -> matches)
                .filter(this::isActive)
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        login.password()
                .flatMap(kept -> passwords.renew(password, kept))
                .ifPresent(better -> repository.renewHash(login, better));
        return login;
    }

    private boolean isActive(OwnerLogin login) {
        return repository.findOwner(login.owner()).filter(Owner::isActive).isPresent();
    }

    private static Optional<OwnerName> ownerName(String typed) {
        try {
            return Optional.of(OwnerName.of(typed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Begins a session with a token. The session is good for what the token is good for, from where the token is, and
     * ends with it.
     *
     * @param credential any text
     * @throws CredentialRefusedException if it stands for nobody, or not any more
     * @throws SourceRefusedException if it is not good from there; a token for the pages of other sites is good for no
     *     session, whose cookie would not get there
     */
    public StartedSession withToken(String credential, RequestSource source) {
        Principal bearer = authenticator.authenticate(credential);
        if (!bearer.binding().origins().isEmpty()) {
            throw new SourceRefusedException(SourceRefusedException.Reason.ORIGIN);
        }
        bearer.check(source);
        OwnerLogin login =
                repository.findLogin(bearer.owner()).orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        return sessions.start(login.owner(), login.epoch(), SessionStart.TOKEN, bearer.token());
    }

    /**
     * Begins a session with a login link, which is used up by that.
     *
     * @param secret any text
     * @throws CredentialRefusedException if there is no such link, if it was used or has expired, if the owner has got
     *     another password or ended all sessions since it was made, or is suspended
     */
    public StartedSession withLink(String secret) {
        LoginLink link = links.take(secret).orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        return sessions.start(link.owner(), link.epoch(), SessionStart.LINK, Optional.empty());
    }

    /**
     * Makes whoever has an invitation an owner, and begins a session. If the service ends before that begins, the new
     * owner logs in with the password.
     *
     * @param secret any text
     * @throws CredentialRefusedException if there is no such invitation, or if it is used up, has expired or is revoked
     * @throws NameTakenException if another owner has this name; the invitation is as good as before
     */
    public StartedSession withInvitation(String secret, OwnerName name, NewPassword password) {
        LoginSecret invitation = LoginSecret.parse(secret)
                // hashing takes much work, which nobody gets for nothing
                .filter(parsed -> repository
                        .findInvitation(parsed.digest())
                        .filter(found -> found.isUsable(clock.instant()))
                        .isPresent())
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        OwnerLogin added = repository
                .acceptInvitation(invitation.digest(), name, passwords.hash(password), clock.instant())
                // others have used it up since it was looked at
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        return sessions.start(added.owner(), added.epoch(), SessionStart.PASSWORD, Optional.empty());
    }

    /**
     * Gives whoever asks for it another password, and ends all sessions. To do so he has to say the password that he
     * has, unless he has none, or is in a session that a login link has just begun. Whoever acts by a token always has
     * to: nobody gets more by a token than it is good for.
     *
     * @param current the password that the owner has, as it was typed; empty if it was not said
     * @return the session that goes on instead of the one in which this happens; empty if there is none
     * @throws WrongPasswordException if the owner has to say another password than this one
     * @throws CredentialRefusedException if the session in which this happens is over
     */
    public Optional<StartedSession> changePassword(Principal sender, Optional<String> current, NewPassword wanted) {
        OwnerLogin login = repository
                .findLogin(sender.owner())
                .filter(found -> sender.session()
                        .map(session -> session.epoch() == found.epoch())
                        .orElse(true))
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        if (needsCurrentPassword(sender, login)) {
            String said = current.orElseThrow(WrongPasswordException::new);
            if (!passwords.matches(said, login.password())) {
                throw new WrongPasswordException();
            }
        }
        OwnerLogin changed = repository
                .changePassword(login, passwords.hash(wanted))
                // somebody else has changed it since it was looked at
                .orElseThrow(WrongPasswordException::new);
        SessionStart start = sender.token().isPresent() ? SessionStart.TOKEN : SessionStart.PASSWORD;
        return sender.session().map(ended -> sessions.start(sender.owner(), changed.epoch(), start, sender.token()));
    }

    /** Whether this owner could log in with a password. */
    public boolean hasPassword(OwnerId owner) {
        return repository.findLogin(owner).flatMap(OwnerLogin::password).isPresent();
    }

    private boolean needsCurrentPassword(Principal sender, OwnerLogin login) {
        if (sender.token().isPresent()) {
            return true;
        }
        return login.password().isPresent()
                && !sender.session().filter(this::wasJustBegunByALink).isPresent();
    }

    private boolean wasJustBegunByALink(Session session) {
        return session.start() == SessionStart.LINK
                && clock.instant().isBefore(session.createdAt().plus(LoginLinks.LIFE));
    }
}
