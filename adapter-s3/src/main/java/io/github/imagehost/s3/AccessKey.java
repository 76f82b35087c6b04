package io.github.imagehost.s3;

import java.util.Optional;

/**
 * What requests to a store are signed with. Immutable; its text form leaves all but the public half out.
 *
 * @param id the public half of the key
 * @param secret the secret half of it
 * @param sessionToken what has to go with a key that is valid for a limited time; empty for others
 */
public record AccessKey(String id, String secret, Optional<String> sessionToken) {

    /** @throws IllegalArgumentException if a part is blank; the message holds no secret */
    public AccessKey {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("An access key and a secret key have to be there, but one is blank");
        }
        if (sessionToken.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("The session token is blank");
        }
    }

    /** A key that is valid for an unlimited time. */
    public static AccessKey of(String id, String secret) {
        return new AccessKey(id, secret, Optional.empty());
    }

    @Override
    public String toString() {
        return id + ":***" + sessionToken.map(token -> ":***").orElse("");
    }
}
