/** The image host as a REST service. */
@NullMarked
package io.github.imagehost.rest;

import org.jspecify.annotations.NullMarked;
