package io.github.imagehost.cli.terminal;

import io.github.imagehost.core.work.ProcessSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the user wants the command to end, by Ctrl-C (SIGINT) or SIGTERM. The first signal only asks for it; the
 * second one ends the process at once. Safe for use by many threads at once.
 */
final class StopRequest implements AutoCloseable {

    private final AtomicReference<ExitCode> requested = new AtomicReference<>(ExitCode.OK);
    private final List<Runnable> undos = new ArrayList<>();
    private final Runnable onRequest;

    private StopRequest(Runnable onRequest) {
        this.onRequest = onRequest;
    }

    /**
     * Listens until it is closed. Where signals can't be handled, they go on to end the process.
     *
     * @param onRequest is run at the first signal
     */
    static StopRequest listen(Runnable onRequest) {
        StopRequest request = new StopRequest(onRequest);
        request.listen("INT", ExitCode.INTERRUPTED);
        request.listen("TERM", ExitCode.TERMINATED);
        return request;
    }

    private void listen(String signal, ExitCode exitCode) {
        try {
            undos.add(ProcessSignals.handle(signal, () -> receive(exitCode)));
        } catch (UnsupportedOperationException e) {
            // the JVM ends on the signal, as it does without us, and the next start finds a state like that after a
            // crash
        }
    }

    private void receive(ExitCode exitCode) {
        if (!requested.compareAndSet(ExitCode.OK, exitCode)) {
            // not exit: hooks might wait for what is still under way
            Runtime.getRuntime().halt(exitCode.value());
        }
        onRequest.run();
    }

    /** What the process is to end with because of the request; empty if there is none. */
    Optional<ExitCode> exitCode() {
        return Optional.of(requested.get()).filter(code -> code != ExitCode.OK);
    }

    /** Leaves signals to what handled them before. */
    @Override
    public void close() {
        undos.forEach(Runnable::run);
        undos.clear();
    }
}
