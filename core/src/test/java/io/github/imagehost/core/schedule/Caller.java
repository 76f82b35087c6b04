package io.github.imagehost.core.schedule;

import java.util.Set;

/** Whoever makes calls of the ports. */
interface Caller {

    String name();

    /** When it got its last answer, in nanoseconds. */
    long time();

    /** Makes a call, and gives what its effect answered. */
    Object call(Call call);

    /**
     * Says that what it does from now on depends on nothing that it was answered, but on how often it has started over.
     */
    void startOver();

    /**
     * Tells the outside an answer.
     *
     * @param ownFilenames the names that were made for what is answered
     */
    void answer(Answer answer, Set<String> ownFilenames);

    /**
     * Tells the outside that something failed.
     *
     * @param ownFilenames the names that were made for what failed
     */
    void fail(RuntimeException failure, Set<String> ownFilenames);
}
