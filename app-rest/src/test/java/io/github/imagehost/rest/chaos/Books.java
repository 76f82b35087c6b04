package io.github.imagehost.rest.chaos;

/**
 * Where clients note what they saw.
 *
 * @param ledger what they asked for and were answered
 * @param tally how much of it
 * @param violations what may not be
 */
record Books(Ledger ledger, Tally tally, Violations violations) {}
