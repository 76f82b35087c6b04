/** Files that survive a loss of power, and temporary ones that outlive nobody, not even a process that is killed. */
@NullMarked
package io.github.imagehost.core.files;

import org.jspecify.annotations.NullMarked;
