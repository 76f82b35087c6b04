@NullMarked
package io.github.imagehost.cli.remote;

import org.jspecify.annotations.NullMarked;
