/**
 * Copies of what is read from a store elsewhere, in files of this machine: bounded, verified, and never the source of
 * truth.
 */
@NullMarked
package io.github.imagehost.rest.cache;

import org.jspecify.annotations.NullMarked;
