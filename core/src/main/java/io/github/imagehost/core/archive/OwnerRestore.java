package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.port.access.OwnerLedger;
import java.util.function.Consumer;

/**
 * How {@link ImageRestore} finds out whose images those in an archive become.
 *
 * @param ledger knows the owners of this host; stays open
 * @param map what is said about it
 * @param onNewOwner is told each owner that is added, at once
 */
public record OwnerRestore(OwnerLedger ledger, OwnerMap map, Consumer<Owner> onNewOwner) {}
