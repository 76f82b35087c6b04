package io.github.imagehost.rest;

import io.github.imagehost.core.work.ProcessSignals;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process gracefully when it is asked to. The JVM's own way is to run all shutdown hooks at once, among them
 * one of H2 that closes the embedded database under uploads that are not finished, and to end with an exit code that
 * looks like a failure.
 */
final class Termination {

    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private static final List<String> SIGNALS = List.of("TERM", "INT");
    private static final int ENDED_AT_ONCE = 130;

    private Termination() {}

    /**
     * Has the first SIGTERM or SIGINT end the service and then the process, with exit code 0, and the second one end
     * the process at once. Where signals can't be handled the JVM's own way remains.
     *
     * @param endService returns when the service has ended
     */
    static void onSignal(Runnable endService) {
        AtomicBoolean isEnding = new AtomicBoolean();
        Runnable handler = () -> {
            if (!isEnding.compareAndSet(false, true)) {
                Runtime.getRuntime().halt(ENDED_AT_ONCE);
            }
            System.exit(endGracefully(endService));
        };
        try {
            for (String signal : SIGNALS) {
                ProcessSignals.handle(signal, handler);
            }
        } catch (UnsupportedOperationException e) {
            log.info("Signals are left to the JVM: {}", e.toString());
        }
    }

    private static int endGracefully(Runnable endService) {
        try {
            endService.run();
            return 0;
        } catch (RuntimeException e) {
            log.error("The service did not end as it should", e);
            return 1;
        }
    }
}
