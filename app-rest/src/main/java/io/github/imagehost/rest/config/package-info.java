/** How the service is put together: settings, and one bean for each part. */
@NullMarked
package io.github.imagehost.rest.config;

import org.jspecify.annotations.NullMarked;
