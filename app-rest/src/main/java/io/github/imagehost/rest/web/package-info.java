/** The REST contract: thin controllers, the envelope of their answers, one advice for errors, and the filters before them. */
@NullMarked
package io.github.imagehost.rest.web;

import org.jspecify.annotations.NullMarked;
