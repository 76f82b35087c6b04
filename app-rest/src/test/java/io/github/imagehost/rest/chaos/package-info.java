/** Service processes that are killed under load, over and over, and what has to be true afterwards. */
@NullMarked
package io.github.imagehost.rest.chaos;

import org.jspecify.annotations.NullMarked;
