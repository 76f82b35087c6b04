package io.github.imagehost.mysql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source on real connections that counts the steps of what is done with them and lets one of them go wrong. A
 * step is whatever a database, or a pool before it, has a say in. For one thread, or for several of which one does
 * something at a time until the step that goes wrong.
 */
public final class FaultyDataSource implements DataSource {

    enum Kind {
        CONNECT,
        SETTING,
        STATEMENT,
        /** A statement that changes something and commits itself. */
        WRITE,
        COMMIT
    }

    /**
     * Something that can go wrong.
     *
     * @param text tells a reader which one it is
     */
    public record Step(Kind kind, String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    public enum Fault {
        NO_FREE_CONNECTION,
        CONNECTION_REFUSED,
        /** The server answers, but has become one that others are copied to. */
        DEMOTED,
        /** The database ends the connection, and then the step is tried on it. */
        CONNECTION_KILLED,
        /** The step has its effect, but the answer does not arrive. */
        ANSWER_LOST,
        /** The database undoes all that the transaction has done so far. */
        DEADLOCK,
        DEADLOCK_AFTERWARDS,
        LOCK_TIMEOUT,
        LOCK_TIMEOUT_AFTERWARDS
    }

    /** Ends a connection as an administrator of the database would. */
    public interface Killer {

        void kill(Connection connection) throws SQLException;
    }

    private interface Work {

        Object proceed() throws Throwable;
    }

    private static final Set<String> SETTINGS = Set.of("setAutoCommit", "setTransactionIsolation");

    private final DataSource real;
    private final Killer killer;
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Runnable> beforeNextConnection = new AtomicReference<>(FaultyDataSource::doNothing);
    private volatile Fault fault = Fault.DEADLOCK;
    private volatile IntPredicate isFaulty = step -> false;

    public FaultyDataSource(DataSource real, Killer killer) {
        this.real = real;
        this.killer = killer;
    }

    /** All steps pass; they are counted from 0 again. */
    void heal() {
        begin(Fault.DEADLOCK, step -> false);
    }

    /** The step with this number goes wrong; they are counted from 0 again. */
    void failAt(int number, Fault newFault) {
        begin(newFault, step -> step == number);
    }

    /** The first step that is like this goes wrong; they are counted from 0 again. */
    public void failAtFirst(Predicate<Step> isMeant, Fault newFault) {
        begin(newFault, number -> steps.stream().filter(isMeant).count() == 1 && isMeant.test(steps.get(number)));
    }

    /** The step with this number and all that follow go wrong; they are counted from 0 again. */
    public void failFrom(int number, Fault newFault) {
        begin(newFault, step -> step >= number);
    }

    private void begin(Fault newFault, IntPredicate newIsFaulty) {
        steps.clear();
        fault = newFault;
        isFaulty = newIsFaulty;
    }

    private static void doNothing() {}

    /** Does something before the next connection is given out, in the thread that asks for it. */
    void beforeNextConnection(Runnable work) {
        beforeNextConnection.set(work);
    }

    /** The steps since they were counted from 0. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    @Override
    public Connection getConnection() throws SQLException {
        beforeNextConnection.getAndSet(FaultyDataSource::doNothing).run();
        if (nextIsFaulty(Kind.CONNECT, "connect") && fault != Fault.DEMOTED) {
            throw fault == Fault.NO_FREE_CONNECTION
                    ? new SQLTransientConnectionException("Connection is not available, request timed out")
                    : connectionLost();
        }
        Connection connection = real.getConnection();
        AtomicBoolean isRolledBack = new AtomicBoolean();
        InvocationHandler handler = (proxy, method, arguments) -> call(connection, isRolledBack, method, arguments);
        return proxy(Connection.class, handler);
    }

    private Object call(Connection connection, AtomicBoolean isRolledBack, Method method, Object[] arguments)
            throws Throwable {
        String name = method.getName();
        Work work = () -> invoke(connection, method, arguments);
        if (name.equals("rollback")) {
            isRolledBack.set(true);
        }
        if (name.equals("setAutoCommit")) {
            boolean autoCommit = (boolean) arguments[0];
            if (autoCommit && !isRolledBack.get() && commits(connection)) {
                return step(connection, Kind.COMMIT, "commit", work);
            }
            if (!autoCommit) {
                isRolledBack.set(false);
            }
        }
        if (SETTINGS.contains(name)) {
            return step(connection, Kind.SETTING, name + " " + arguments[0], work);
        }
        Object answer = work.proceed();
        if (answer instanceof PreparedStatement statement) {
            return faulty(connection, PreparedStatement.class, statement, (String) arguments[0]);
        }
        return answer instanceof Statement statement ? faulty(connection, Statement.class, statement, "") : answer;
    }

    /** Transactions that only read do so from a snapshot, which has another isolation. */
    private boolean commits(Connection connection) throws SQLException {
        return !connection.getAutoCommit()
                && connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
    }

    private <T extends Statement> T faulty(Connection connection, Class<T> type, T statement, String prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            Work work = () -> invoke(statement, method, arguments);
            String sql = arguments != null && arguments[0] instanceof String own ? own : prepared;
            return method.getName().startsWith("execute")
                    ? step(connection, kindOf(connection, sql), sql.strip().replaceAll("\\s+", " "), work)
                    : work.proceed();
        });
    }

    private static Kind kindOf(Connection connection, String sql) throws SQLException {
        return connection.getAutoCommit() && sql.strip().startsWith("INSERT") ? Kind.WRITE : Kind.STATEMENT;
    }

    private Object step(Connection connection, Kind kind, String text, Work work) throws Throwable {
        if (!nextIsFaulty(kind, text)) {
            return work.proceed();
        }
        switch (fault) {
            case CONNECTION_KILLED -> {
                killer.kill(connection);
                return work.proceed();
            }
            case ANSWER_LOST -> {
                work.proceed();
                connection.unwrap(Connection.class).close();
                throw connectionLost();
            }
            case CONNECTION_REFUSED -> {
                // the server lets go of locks when the other end is gone
                connection.close();
                throw connectionLost();
            }
            case DEMOTED -> throw demoted();
            case DEADLOCK -> throw deadlock(connection, kind);
            case DEADLOCK_AFTERWARDS -> {
                work.proceed();
                throw deadlock(connection, kind);
            }
            case LOCK_TIMEOUT -> throw lockTimeout();
            case LOCK_TIMEOUT_AFTERWARDS -> {
                work.proceed();
                throw lockTimeout();
            }
            default -> throw new IllegalStateException(fault + " at " + text);
        }
    }

    private boolean nextIsFaulty(Kind kind, String text) {
        synchronized (steps) {
            int number = steps.size();
            steps.add(new Step(kind, text));
            return isFaulty.test(number);
        }
    }

    private static SQLException connectionLost() {
        return new SQLException("Communications link failure", "08S01");
    }

    private static SQLException demoted() {
        return new SQLException(
                "The MySQL server is running with the --read-only option so it cannot execute this statement",
                "HY000",
                1290);
    }

    private static SQLException deadlock(Connection connection, Kind kind) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        return kind == Kind.COMMIT
                ? new SQLException("Plugin instructed the server to rollback the transaction", "HY000", 3101)
                : new SQLException("Deadlock found when trying to get lock", "40001", 1213);
    }

    private static SQLException lockTimeout() {
        return new SQLException("Lock wait timeout exceeded", "HY000", 1205);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return real.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
