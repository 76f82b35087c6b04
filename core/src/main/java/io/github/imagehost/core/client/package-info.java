/**
 * Programs that upload pictures, with the settings by which they do it here.
 *
 * <p>No parameter, field or result of this package is ever null.
 */
@NullMarked
package io.github.imagehost.core.client;

import org.jspecify.annotations.NullMarked;
