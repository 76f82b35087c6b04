package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.NewOwner;

/**
 * What an archive tells of an owner. There is nothing in it by which anybody could log in.
 *
 * @param owner as it was when it was exported
 * @param quota what it could have
 */
record ArchivedOwner(Owner owner, Quota quota) {

    OwnerId id() {
        return owner.id();
    }

    /** The same owner for another host. */
    NewOwner as(OwnerName name) {
        return new NewOwner(name, owner.role(), owner.state(), owner.createdAt(), quota);
    }
}
