package io.github.imagehost.cli.session;

import io.github.imagehost.core.model.Usage;
import io.github.imagehost.core.view.QuotaDetails;

/**
 * How much an owner has and may have.
 *
 * @param usage what it has
 * @param quota what it may have
 */
public record Allowance(Usage usage, QuotaDetails quota) {}
