package io.github.imagehost.mysql.row.access;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.row.Columns;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts between rows and what the core knows of owners, tokens, sessions and invitations. */
public final class AccessRows {

    private static final String SEPARATOR = ",";
    private static final String SPACE = " ";

    /** For tokens that are to be good for everything, also for what only later versions know. */
    private static final String ALL = "all";

    private AccessRows() {}

    public static Owner toOwner(OwnerRow row) {
        return new Owner(
                new OwnerId(row.id()),
                new OwnerName(row.name()),
                known(Role.class, row.role()),
                known(OwnerState.class, row.state()),
                row.createdAt());
    }

    private static <E extends Enum<E>> E known(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RepositoryException(
                        "The database holds a " + type.getSimpleName() + " that this version does not know: " + name));
    }

    public static AccessToken toToken(TokenRow row) {
        return new AccessToken(
                row.id(),
                new OwnerId(row.ownerId()),
                row.name(),
                row.hint(),
                toScopes(row.scopes()),
                new TokenBinding(toOrigins(row.origins()), values(row.networks(), Network::parse)),
                row.createdAt(),
                Optional.ofNullable(row.expiresAt()),
                Optional.ofNullable(row.lastUsedAt()),
                Optional.ofNullable(row.revokedAt()));
    }

    public static AccessToken toToken(long id, NewToken token) {
        return new AccessToken(
                id,
                token.owner(),
                token.name(),
                token.hint(),
                token.scopes(),
                token.binding(),
                token.createdAt(),
                token.expiresAt(),
                Optional.empty(),
                Optional.empty());
    }

    public static NewTokenRow toNewTokenRow(NewToken token) {
        return new NewTokenRow(
                token.owner().value(),
                token.name(),
                token.hint(),
                token.secret(),
                toColumnValue(token.scopes()),
                toColumn(token.binding().origins()),
                toColumn(token.binding().networks()),
                token.createdAt(),
                token.expiresAt().orElse(null));
    }

    private static String toColumnValue(Set<Scope> scopes) {
        return scopes.containsAll(EnumSet.allOf(Scope.class))
                ? ALL
                : scopes.stream().sorted().map(Scope::label).collect(Collectors.joining(SEPARATOR));
    }

    /** What only later versions know is left out: this one allows nothing that would need it. */
    private static Set<Scope> toScopes(String column) {
        return column.equals(ALL)
                ? EnumSet.allOf(Scope.class)
                : Arrays.stream(column.split(SEPARATOR))
                        .map(Scope::parse)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
    }

    /** The origins in a column; none if that is null. */
    public static Set<Origin> toOrigins(@Nullable String column) {
        return values(column, Origin::new);
    }

    private static <T> Set<T> values(@Nullable String column, Function<String, T> parser) {
        return column == null
                ? Set.of()
                : Arrays.stream(column.split(SPACE, -1)).map(parser).collect(Collectors.toSet());
    }

    private static @Nullable String toColumn(Set<?> values) {
        return values.isEmpty()
                ? null
                : values.stream().map(String::valueOf).sorted().collect(Collectors.joining(SPACE));
    }

    public static OwnerLogin toLogin(LoginRow row) {
        return new OwnerLogin(
                new OwnerId(row.ownerId()),
                Optional.ofNullable(row.passwordHash()).map(PasswordHash::new),
                row.epoch());
    }

    public static Session toSession(SessionRow row) {
        return new Session(
                row.secretHash(),
                new OwnerId(row.ownerId()),
                row.epoch(),
                known(SessionStart.class, row.startedBy()),
                Optional.ofNullable(row.tokenId()),
                row.createdAt(),
                row.seenAt(),
                row.expiresAt());
    }

    public static SessionRow toRow(Session session) {
        return new SessionRow(
                session.secret(),
                session.owner().value(),
                session.epoch(),
                session.start().name(),
                session.token().orElse(null),
                session.createdAt(),
                session.seenAt(),
                session.expiresAt());
    }

    public static LoginLink toLink(LoginLinkRow row) {
        return new LoginLink(row.secretHash(), new OwnerId(row.ownerId()), row.epoch(), row.expiresAt());
    }

    public static LoginLinkRow toRow(LoginLink link) {
        return new LoginLinkRow(link.secret(), link.owner().value(), link.epoch(), link.expiresAt());
    }

    public static Invitation toInvitation(InvitationRow row) {
        return new Invitation(
                row.id(),
                row.uses(),
                row.usesLeft(),
                new Quota(toLimit(row.maxImages()), toLimit(row.maxBytes())),
                row.createdAt(),
                row.expiresAt(),
                Optional.ofNullable(row.revokedAt()));
    }

    private static OptionalLong toLimit(@Nullable Long column) {
        return column == null ? OptionalLong.empty() : OptionalLong.of(column);
    }

    public static NewInvitationRow toNewInvitationRow(NewInvitation invitation) {
        return new NewInvitationRow(
                invitation.secret(),
                invitation.uses(),
                Columns.toValue(invitation.quota().images()),
                Columns.toValue(invitation.quota().bytes()),
                invitation.createdAt(),
                invitation.expiresAt());
    }

    public static NewOwnerRow toNewOwnerRow(NewOwner owner) {
        return new NewOwnerRow(
                owner.name().value(),
                owner.role().name(),
                owner.state().name(),
                owner.createdAt(),
                Columns.toValue(owner.quota().images()),
                Columns.toValue(owner.quota().bytes()));
    }

    public static OwnerChangeRow toChangeRow(Owner.Change change) {
        return new OwnerChangeRow(
                change.name().map(OwnerName::value).orElse(null),
                change.role().map(Role::name).orElse(null),
                change.state().map(OwnerState::name).orElse(null));
    }
}
