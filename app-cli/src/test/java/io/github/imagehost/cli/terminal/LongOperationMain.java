package io.github.imagehost.cli.terminal;

/** A program that does nothing but a long operation, as a command would. */
public final class LongOperationMain {

    static final String READY = "ready";
    static final String DEAF = "deaf";

    private LongOperationMain() {}

    /**
     * Works until it is asked to stop.
     *
     * @param arguments {@value #DEAF} for an operation that does not stop
     */
    public static void main(String[] arguments) throws InterruptedException {
        boolean deaf = arguments.length > 0 && arguments[0].equals(DEAF);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hooks run")));
        Terminal terminal = new Terminal(System.in, System.out, System.err, StandardError.isTerminal());
        try (LongOperation operation = LongOperation.begin(terminal, "files", false)) {
            terminal.print(READY);
            while (deaf || !operation.isStopRequested()) {
                Thread.sleep(1);
            }
            System.exit(operation.end("Give the same command again to go on").value());
        }
    }
}
