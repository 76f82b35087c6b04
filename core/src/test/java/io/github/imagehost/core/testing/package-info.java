/**
 * The test kit: a jar of its own, for tests of the core and of everything built on it. Contract suites of the ports,
 * in-memory doubles that pass them, what makes ports and connections go wrong, and pictures. Uses nothing of the core's
 * other tests.
 */
@NullMarked
package io.github.imagehost.core.testing;

import org.jspecify.annotations.NullMarked;
