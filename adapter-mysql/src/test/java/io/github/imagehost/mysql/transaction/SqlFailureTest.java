package io.github.imagehost.mysql.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.mysql.settings.MySqlSettings;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "1290, HY000, a demoted primary",
        "1792, 25006, sessions of a demoted primary",
        "1836, HY000, a reader",
        "1874, HY000, InnoDB is read-only",
        "1047, 08S01, a node of Galera without the others",
        "3032, HY000, offline",
        "9001, HY000, ProxySQL without a server",
        "2003, HY000, a router without a server",
        "1053, 08S01, shutdown",
        "1080, 08S01, forced out",
        "1184, 08S01, aborted",
        "1927, 70100, killed on MariaDB",
        "3169, HY000, killed on MySQL",
        "4031, HY000, idle for too long"
    })
    void anotherConnectionMayDoWhatThisOneCanNot(int code, String state, String reason) {
        assertThat(SqlFailure.of(new SQLException(reason, state, code))).isEqualTo(SqlFailure.CONNECTION_LOST);
        assertThat(MySqlSettings.isConnectionLost(new SQLException(reason, state, code)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1040, 08004, too many connections",
        "1203, 42000, too many connections of this user",
        "3100, HY000, group replication",
        "9002, HY000, TiKV does not answer",
        "9005, HY000, region is unavailable"
    })
    void itMayBeDoneLater(int code, String state, String reason) {
        assertThat(SqlFailure.of(new SQLException(reason, state, code))).isEqualTo(SqlFailure.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"1213, 40001", "3101, HY000", "1205, HY000"})
    void anotherTransactionWasInTheWay(int code, String state) {
        assertThat(SqlFailure.of(new SQLException("conflict", state, code))).isEqualTo(SqlFailure.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource({"1665, HY000", "1146, 42S02", "1045, 28000"})
    void nothingHelps(int code, String state) {
        assertThat(SqlFailure.of(new SQLException("refused", state, code))).isEqualTo(SqlFailure.FATAL);
    }

    @Test
    void aPoolThatHasNoConnectionIsNoLostConnection() {
        assertThat(SqlFailure.of(new SQLTransientConnectionException("timed out", "08S01")))
                .isEqualTo(SqlFailure.UNAVAILABLE);
        assertThat(SqlFailure.of(new SQLTransientException("busy"))).isEqualTo(SqlFailure.UNAVAILABLE);
    }

    @Test
    void whoeverHasWaitedForASilentServerDoesNotWaitAgain() {
        SQLException lost = new SQLException("no answer", "08S01", 0, new SocketTimeoutException("Read timed out"));

        assertThat(SqlFailure.of(lost)).isEqualTo(SqlFailure.UNAVAILABLE);
    }
}
