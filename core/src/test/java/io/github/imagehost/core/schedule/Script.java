package io.github.imagehost.core.schedule;

/**
 * What one party of a scenario does, such as an upload. It is run again and again from its beginning, each time with
 * the answers that it got so far, so it has to do the same each time that it gets the same answers, and may not wait
 * for anything.
 */
@FunctionalInterface
public interface Script {

    /** Does it with these ports alone. */
    void run(Ports ports);
}
