package io.github.imagehost.rest;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process gracefully when it is asked to. The JVM's own way is to run all shutdown hooks at once, among them one of H2
 * that closes the embedded database under uploads that are not finished, and to end with an exit code that looks like a failure.
 */
final class Termination {

    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private static final List<String> SIGNALS = List.of("TERM", "INT");
    private static final int ENDED_AT_ONCE = 130;

    private Termination() {}

    /**
     * Has the first SIGTERM or SIGINT end the service and then the process, with exit code 0, and the second one end the process at
     * once. Where signals can't be handled the JVM's own way remains.
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
                handle(signal, handler);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
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

    /** In every JDK there is a class for that, but the compiler warns of using it, and its warning can't be turned off. */
    private static void handle(String signal, Runnable handler) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        MethodHandle run = MethodHandles.lookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(handler);
        signalType
                .getMethod("handle", signalType, handlerType)
                .invoke(
                        null,
                        signalType.getConstructor(String.class).newInstance(signal),
                        MethodHandleProxies.asInterfaceInstance(
                                handlerType, MethodHandles.dropArguments(run, 0, signalType)));
    }
}
