package io.github.imagehost.core.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a port, counts its calls and makes them go wrong as a test wishes:
 *
 * <pre>{@code
 * Faults<ImageStore> store = Faults.before(ImageStore.class, new InMemoryImageStore(clock));
 * store.next("put", Faults.failAfter(new StoreUnavailableException("the answer was lost")));
 * }</pre>
 *
 * Safe for use by many threads.
 *
 * @param <T> the port
 */
public final class Faults<T> {

    private static final int LIMIT_SECONDS = 60;

    private final Class<T> portType;
    private final T target;
    private final T port;
    private final Map<String, Deque<Fault>> nextFaults = new HashMap<>();
    private final Map<String, Fault> lastingFaults = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();

    private Faults(Class<T> portType, T target) {
        this.portType = portType;
        this.target = target;
        InvocationHandler handler = (proxy, method, arguments) -> call(method, arguments);
        this.port =
                portType.cast(Proxy.newProxyInstance(portType.getClassLoader(), new Class<?>[] {portType}, handler));
    }

    /** What happens to a call. */
    @FunctionalInterface
    public interface Fault {

        /** Answers the call, with or without the real effect. */
        @Nullable
        Object around(Call call) throws Throwable;
    }

    /** A call on its way to the real port. */
    public interface Call {

        /** The arguments, of which none is null. */
        List<Object> arguments();

        /** Has the real effect, and gives the real answer. */
        @Nullable
        Object proceed() throws Throwable;
    }

    /** Something that a test does in between. */
    @FunctionalInterface
    public interface Action {

        void run() throws Exception;
    }

    /** No faults yet before this implementation of a port. */
    public static <T> Faults<T> before(Class<T> portType, T target) {
        return new Faults<>(portType, target);
    }

    /** The call passes. */
    public static Fault pass() {
        return Call::proceed;
    }

    /** The call fails without an effect. */
    public static Fault failBefore(RuntimeException failure) {
        return call -> {
            throw failure;
        };
    }

    /** The call has its effect, but nobody learns of it. */
    public static Fault failAfter(RuntimeException failure) {
        return call -> {
            call.proceed();
            throw failure;
        };
    }

    /** Something happens right before the call has its effect. */
    public static Fault doBefore(Action action) {
        return call -> {
            action.run();
            return call.proceed();
        };
    }

    /** Something happens after the call had its effect and before it answers. */
    public static Fault doAfter(Action action) {
        return call -> {
            Object answer = call.proceed();
            action.run();
            return answer;
        };
    }

    /** What to hand to the code under test. */
    public T port() {
        return port;
    }

    /** What happens to the next calls of this method, one after the other; those after them pass. */
    public synchronized void next(String method, Fault... faults) {
        nextFaults.computeIfAbsent(known(method), name -> new ArrayDeque<>()).addAll(Arrays.asList(faults));
    }

    /**
     * What happens to every call of this method for which there is no {@linkplain #next next} fault, until it
     * {@linkplain #heal heals}.
     */
    public synchronized void always(String method, Fault fault) {
        lastingFaults.put(known(method), fault);
    }

    /** From now on all calls pass. */
    public synchronized void heal() {
        nextFaults.clear();
        lastingFaults.clear();
    }

    /** How many calls of this method have begun. */
    public synchronized int calls(String method) {
        return calls.getOrDefault(known(method), 0);
    }

    /** Waits until this many calls of this method have begun. */
    public synchronized void awaitCalls(String method, int count) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (calls(method) < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("There were " + calls(method) + " calls of " + method + ", not " + count);
            }
            wait(left);
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        List<Object> given = arguments == null ? List.of() : List.of(arguments);
        return begin(method.getName()).around(new Call() {
            @Override
            public List<Object> arguments() {
                return given;
            }

            @Override
            public @Nullable Object proceed() throws Throwable {
                try {
                    return method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        });
    }

    private synchronized Fault begin(String method) {
        calls.merge(method, 1, Integer::sum);
        notifyAll();
        Deque<Fault> next = nextFaults.get(method);
        Fault fault = next == null ? null : next.poll();
        return fault != null ? fault : lastingFaults.getOrDefault(method, pass());
    }

    private String known(String method) {
        if (Arrays.stream(portType.getMethods())
                .noneMatch(known -> known.getName().equals(method))) {
            throw new IllegalArgumentException(portType.getSimpleName() + " has no method " + method);
        }
        return method;
    }
}
