package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.testing.Client;
import java.util.List;

/**
 * Somebody who has pictures beside others on the same installation.
 *
 * @param token good for all that it does
 * @param mostImages how many it may have
 */
record Tenant(OwnerId owner, String token, long mostImages) {

    /** Whose link that is. */
    static Tenant ownerOf(Link link, List<Tenant> tenants) {
        return tenants.stream().filter(tenant -> tenant.owns(link)).findFirst().orElseThrow();
    }

    boolean owns(Link link) {
        return owner.equals(link.owner());
    }

    /** The same client, in its name. */
    Client as(Client client) {
        return client.with("Authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
        return "owner " + owner.value();
    }
}
