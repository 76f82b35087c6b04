/** The page for people, used in a real browser. */
@NullMarked
package io.github.imagehost.rest.browser;

import org.jspecify.annotations.NullMarked;
