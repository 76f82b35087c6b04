package io.github.imagehost.cli.terminal;

import io.github.imagehost.core.work.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command wraps around an operation that takes long: shows how far it is, has Ctrl-C and SIGTERM stop it, and
 * ends the command accordingly. Hand it to the operation as its {@link Progress}, call {@link #end} when the operation
 * has come back, and close it in any case.
 *
 * <pre>{@code
 * try (LongOperation operation = LongOperation.begin(terminal, "files", options.json())) {
 *     BulkReport report = run.run(source, results, operation);
 *     ExitCode exitCode = operation.end("Give the same command again to go on");
 *     print(report);
 *     return exitCode.or(exitCode(report)).value();
 * }
 * }</pre>
 */
public final class LongOperation implements Progress, AutoCloseable {

    private static final String STOPPING = "Stopping; once more ends at once";

    private final Terminal terminal;
    private final ProgressMeter meter;
    private final ProgressDisplay display;
    private final StopRequest stopRequest;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread refresher = new Thread(this::refreshUntilEnd, "imagehost-progress");

    private LongOperation(Terminal terminal, ProgressMeter meter, ProgressDisplay display) {
        this.terminal = terminal;
        this.meter = meter;
        this.display = display;
        this.stopRequest = StopRequest.listen(() -> terminal.note(STOPPING));
        refresher.setDaemon(true);
    }

    /**
     * Begins to measure and to listen.
     *
     * @param items what is counted, in the plural
     * @param forPrograms whether a program reads the output, which has no use for a bar
     */
    public static LongOperation begin(Terminal terminal, String items, boolean forPrograms) {
        ProgressMeter meter = new ProgressMeter(System::nanoTime);
        ProgressDisplay display =
                new ProgressDisplay(terminal, meter, new ProgressText(items), terminal.isInteractive() && !forPrograms);
        LongOperation operation = new LongOperation(terminal, meter, display);
        operation.refresher.start();
        return operation;
    }

    @Override
    public void expect(long items, long bytes) {
        meter.expect(items, bytes);
    }

    @Override
    public void advance(long items, long bytes) {
        meter.advance(items, bytes);
    }

    @Override
    public boolean isStopRequested() {
        return stopRequest.exitCode().isPresent();
    }

    /**
     * Tells what was done in all, and how to go on if the operation was stopped.
     *
     * @param howToResume a sentence for whoever stopped it, without a full stop
     * @return that of the signal if the operation was stopped, and {@link ExitCode#OK} otherwise
     */
    public ExitCode end(String howToResume) {
        stopRefreshing();
        display.conclude();
        if (isStopRequested()) {
            terminal.error("Stopped before the end. What was done stays done. " + howToResume);
        }
        return stopRequest.exitCode().orElse(ExitCode.OK);
    }

    /** Ends the display, if an exception did not let it come to its end, and leaves signals to the JVM again. */
    @Override
    public void close() {
        stopRefreshing();
        terminal.status("");
        stopRequest.close();
    }

    private void refreshUntilEnd() {
        try {
            while (!ended.await(ProgressDisplay.PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                display.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopRefreshing() {
        ended.countDown();
        try {
            refresher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
