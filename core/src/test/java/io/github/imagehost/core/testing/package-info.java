/**
 * What tests of the core and of everything built on it share: contract suites of the ports, in-memory doubles that pass
 * them, what makes ports and connections go wrong, and pictures.
 */
@NullMarked
package io.github.imagehost.core.testing;

import org.jspecify.annotations.NullMarked;
