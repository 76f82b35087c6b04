package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Usage;

/**
 * An owner who is not counted to have what it has.
 *
 * @param owner whose images they are
 * @param counted what {@link QuotaLedger#usage} says
 * @param actual what its live images add up to; the same if only parts of the count are wrong, such as those that lists
 *     go by
 */
public record Miscount(OwnerId owner, Usage counted, Usage actual) {}
