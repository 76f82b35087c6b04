/**
 * Files that survive a loss of power, locks between processes, and temporary files that outlive nobody, not even a
 * process that is killed.
 */
@NullMarked
package io.github.imagehost.core.files;

import org.jspecify.annotations.NullMarked;
