package io.github.imagehost.mysql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source on real connections with faults that a test chooses, each of which happens once. */
final class FaultyDataSource implements DataSource {

    /** What the next commit, or the next request for a connection, does instead of its work. */
    enum Fault {
        NONE,
        LOSE_CONNECTION_BEFORE_COMMIT,
        LOSE_CONNECTION_AFTER_COMMIT,
        ROLL_BACK_DURING_COMMIT,
        NO_FREE_CONNECTION
    }

    private final DataSource real;
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    void failNext(Fault fault) {
        next.set(fault);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (next.compareAndSet(Fault.NO_FREE_CONNECTION, Fault.NONE)) {
            throw new SQLTransientConnectionException("Connection is not available, request timed out");
        }
        Connection connection = real.getConnection();
        InvocationHandler handler = (proxy, method, arguments) ->
                method.getName().equals("commit") ? commit(connection) : invoke(connection, method, arguments);
        return (Connection) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private Object commit(Connection connection) throws SQLException {
        switch (next.getAndSet(Fault.NONE)) {
            case LOSE_CONNECTION_BEFORE_COMMIT -> {
                connection.close();
                throw new SQLException("Communications link failure", "08S01");
            }
            case LOSE_CONNECTION_AFTER_COMMIT -> {
                connection.commit();
                connection.close();
                throw new SQLException("Communications link failure", "08S01");
            }
            case ROLL_BACK_DURING_COMMIT -> {
                connection.rollback();
                throw new SQLException("Plugin instructed the server to rollback the transaction", "HY000", 3101);
            }
            case NONE, NO_FREE_CONNECTION -> connection.commit();
        }
        return Void.TYPE;
    }

    private static Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
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
