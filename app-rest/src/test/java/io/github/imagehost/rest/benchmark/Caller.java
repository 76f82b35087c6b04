package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.access.AccessRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes the requests.
 *
 * @param owner whose images they are about
 * @param headers what tells so, each with its line end
 */
record Caller(OwnerId owner, String headers) {

    /** Says nothing of himself, and so is whoever the service takes such callers for. */
    static final Caller NOBODY = new Caller(OwnerId.DEFAULT, "");

    private static final String NAME = "benchmark";
    private static final Duration LIFE = Duration.ofDays(1);

    /** A new owner with a token, both made as by the command line beside the service. */
    static Caller withToken(AccessRepository repository) {
        OwnerId owner =
                new Owners(repository).add(new OwnerName(NAME), Role.USER).id();
        // 'delete' is among them so that its answers are those to whoever needs no token
        TokenRequest request =
                new TokenRequest(owner, NAME, Set.of(Scope.UPLOAD, Scope.READ, Scope.DELETE), Optional.of(LIFE));
        String token = new AccessTokens(repository, InstantSource.system())
                .issue(request)
                .secret()
                .reveal();
        return new Caller(owner, "Authorization: Bearer " + token + "\r\n");
    }
}
