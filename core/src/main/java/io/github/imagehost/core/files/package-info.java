/** Temporary files that outlive nobody, not even a process that is killed. */
@NullMarked
package io.github.imagehost.core.files;

import org.jspecify.annotations.NullMarked;
