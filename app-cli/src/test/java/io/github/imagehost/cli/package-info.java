@NullMarked
package io.github.imagehost.cli;

import org.jspecify.annotations.NullMarked;
