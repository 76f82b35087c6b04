/** Measures the packaged service beside the least that its work can cost; docs/benchmarks.md says how to run it. */
@NullMarked
package io.github.imagehost.rest.benchmark;

import org.jspecify.annotations.NullMarked;
