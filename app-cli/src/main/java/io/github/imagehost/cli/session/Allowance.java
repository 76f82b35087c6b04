package io.github.imagehost.cli.session;

import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.view.QuotaDetails;

/**
 * How much an owner has and may have.
 *
 * @param usage what it has
 * @param quota what it may have
 */
public record Allowance(Usage usage, QuotaDetails quota) {

    /** How many images an owner has, and of how many. */
    public String images() {
        Long most = quota.images();
        return usage.images() + (most == null ? "" : " of " + most);
    }

    /** How much all of them have, and of how much. */
    public String size() {
        Long most = quota.bytes();
        return Amounts.bytes(usage.bytes()) + (most == null ? "" : " of " + Amounts.bytes(most));
    }
}
