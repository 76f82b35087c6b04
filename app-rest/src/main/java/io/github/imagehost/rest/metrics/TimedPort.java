package io.github.imagehost.rest.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times each call of a port, by the method and by how it ended. It passes on every method that the port has, so that
 * none is forgotten when the port gets another one. Safe for use by many threads if the port is.
 */
public final class TimedPort implements InvocationHandler {

    /** From what a memory answers to what a time limit ends. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    /** The exceptions by which ports fail have names of their own; there are only so many of them. */
    private static final String PORTS = "io.github.imagehost.core.port.";

    private static final String SUCCESS = "success";
    private static final String OTHER = "other";

    /** Looks at what a port has done. */
    @FunctionalInterface
    public interface Observer {

        /**
         * A call has succeeded.
         *
         * @param operation the name of the method
         * @param result what it has returned; null if that is nothing
         */
        void succeeded(String operation, @Nullable Object result);
    }

    private final Object target;
    private final String meter;
    private final MeterRegistry registry;
    private final Observer observer;
    private final Map<Call, Timer> timers = new ConcurrentHashMap<>();

    private record Call(Method method, String outcome) {}

    private TimedPort(Object target, String meter, MeterRegistry registry, Observer observer) {
        this.target = target;
        this.meter = meter;
        this.registry = registry;
        this.observer = observer;
    }

    /**
     * The port, timed.
     *
     * @param port its interface
     * @param meter the name of the timers
     * @param observer is told of each success
     */
    public static <T> T of(Class<T> port, T target, String meter, MeterRegistry registry, Observer observer) {
        TimedPort handler = new TimedPort(target, meter, registry, observer);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        long start = System.nanoTime();
        String outcome = OTHER;
        try {
            Object result = method.invoke(target, arguments);
            outcome = SUCCESS;
            observer.succeeded(method.getName(), result);
            return result;
        } catch (InvocationTargetException e) {
            Throwable failure = Objects.requireNonNull(e.getCause());
            outcome = nameOf(failure);
            throw failure;
        } finally {
            timers.computeIfAbsent(new Call(method, outcome), this::newTimer)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Timer newTimer(Call call) {
        return Timer.builder(meter)
                .tag(MeterNames.OPERATION, call.method().getName())
                .tag(MeterNames.OUTCOME, call.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String nameOf(Throwable failure) {
        return failure.getClass().getName().startsWith(PORTS)
                ? failure.getClass().getSimpleName()
                : OTHER;
    }
}
