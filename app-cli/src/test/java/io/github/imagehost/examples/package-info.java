/** The code of {@code docs/embedding.md} and {@code docs/testkit.md}, compiled and run. */
@NullMarked
package io.github.imagehost.examples;

import org.jspecify.annotations.NullMarked;
