package io.github.imagehost.core.work;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * Signals that ask this process to end, for programs that want to do so in their own way. For the {@code main} of a
 * program, not for libraries: a signal has one handler in the whole process.
 */
public final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * Has a signal run this instead of what it did before. A signal that the process was told to ignore when it was
     * started stays ignored.
     *
     * @param name without "SIG", such as {@code TERM}
     * @param handler is run in a thread of its own each time the signal arrives
     * @return what the signal did before comes back when this is run
     * @throws UnsupportedOperationException if this JVM does not let the signal be handled
     */
    public static Runnable handle(String name, Runnable handler) {
        try {
            // in every JDK there is a class for that, but the compiler warns of using it, and its warning can't be
            // turned off
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(handler);
            Object adapted = MethodHandleProxies.asInterfaceInstance(
                    handlerType, MethodHandles.dropArguments(run, 0, signalType));
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            Object former = invoke(handle, signal, adapted);
            return () -> invoke(handle, signal, former);
        } catch (ReflectiveOperationException e) {
            throw unsupported(e);
        }
    }

    private static Object invoke(Method handle, Object signal, Object handler) {
        try {
            return handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw unsupported(e);
        }
    }

    private static UnsupportedOperationException unsupported(ReflectiveOperationException e) {
        return new UnsupportedOperationException("The signal can't be handled", e);
    }
}
