/** What the tests of the program's structure share. The only part of the kit that needs ArchUnit. */
@NullMarked
package io.github.imagehost.core.testing.architecture;

import org.jspecify.annotations.NullMarked;
