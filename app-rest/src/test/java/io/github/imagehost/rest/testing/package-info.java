/** How the tests start the service and talk to it. */
@NullMarked
package io.github.imagehost.rest.testing;

import org.jspecify.annotations.NullMarked;
