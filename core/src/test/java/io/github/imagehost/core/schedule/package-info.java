/**
 * Explores every schedule of a few uploads, deletions and sweeps over the in-memory ports: every order of their calls,
 * with crashes, lost answers and late effects in between.
 */
@NullMarked
package io.github.imagehost.core.schedule;

import org.jspecify.annotations.NullMarked;
