package io.github.imagehost.core.diagnosis;

import java.util.List;

/**
 * Finds out how something is that an image host needs. A checkup may run while image hosts work with the same things:
 * it changes nothing of theirs, and takes away what it made. It ends by itself within a minute or two, also when
 * nothing answers.
 */
@FunctionalInterface
public interface Checkup {

    /**
     * Checks whatever can be checked: one failure does not keep the others from being found.
     *
     * @return in the order in which they were made; what is wrong is a finding, not an exception
     */
    List<Finding> run();
}
