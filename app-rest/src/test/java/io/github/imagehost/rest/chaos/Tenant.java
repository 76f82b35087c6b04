package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.testing.Client;

/**
 * Somebody who has pictures beside others on the same installation.
 *
 * @param token good for all that it does
 * @param mostImages how many it may have
 */
record Tenant(OwnerId owner, String token, long mostImages) {

    /** The same client, in its name. */
    Client as(Client client) {
        return client.with("Authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
        return "owner " + owner.value();
    }
}
