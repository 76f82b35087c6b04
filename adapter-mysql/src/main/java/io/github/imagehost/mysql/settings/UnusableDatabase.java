package io.github.imagehost.mysql.settings;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.transaction.SqlFailure;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a database can't be used, in one sentence that begins with the settings to look at, and what to do about it. */
public final class UnusableDatabase {

    /** How the server says that it would have to log statements, not rows. */
    static final int LOGS_STATEMENTS = 1665;

    public static final String STATEMENT_LOG =
            "its server logs statements, not rows (binlog_format=STATEMENT), and therefore refuses every"
                    + " change at READ COMMITTED";

    public static final String STATEMENT_LOG_CURE =
            "Let the server log rows: SET GLOBAL binlog_format = 'ROW', and the same in its" + " configuration";

    private UnusableDatabase() {}

    public static String explain(MySqlSettings settings, Throwable failure) {
        Optional<SQLException> reason = SqlFailure.sqlException(failure);
        return reason.map(e -> explain(settings, e))
                .orElseGet(() -> cantBeUsed(settings, String.valueOf(failure.getMessage())));
    }

    private static String explain(MySqlSettings settings, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (e.getErrorCode()) {
            case 1045, 1698 -> "DB_USER and DB_PASSWORD: " + settings + " refuses this user or this password";
            case 1044 -> "DB_USER and DB_NAME: this user may not use " + settings;
            case 1049 -> "DB_NAME: " + settings + " does not exist";
            case 1142, 1227, 1370 -> "DB_USER: this user may not create and change tables in " + settings;
            case LOGS_STATEMENTS -> cantBeUsed(settings, STATEMENT_LOG + ". " + STATEMENT_LOG_CURE);
            default ->
                !settings.isEmbedded() && state.startsWith("08")
                        ? "DB_HOST and DB_PORT: " + settings + " does not answer: " + innermostReason(e)
                        : cantBeUsed(settings, innermostReason(e));
        };
    }

    /** The check that fails where this keeps everybody from connecting. */
    public static String failedCheck(Exception failure) {
        return switch (code(failure)) {
            case 1045, 1698 -> "login";
            case 1044, 1049 -> "database";
            default -> "server";
        };
    }

    /** What that check finds. */
    public static Answer answer(MySqlSettings settings, Exception failure) {
        Outcome outcome = isSetting(failure) ? Outcome.SETTING_WRONG : Outcome.UNREACHABLE;
        String seen = failure instanceof SettingsException
                ? String.valueOf(failure.getMessage())
                : explain(settings, failure);
        return outcome.answer(seen, advice(failure)).because(failure);
    }

    private static String advice(Exception failure) {
        return switch (code(failure)) {
            case 1045, 1698 -> "Set DB_USER and DB_PASSWORD to a user that the server lets in from this machine";
            case 1044 -> "Give the user rights to the database (GRANT), or set DB_NAME to one that he may use";
            case 1049 -> "Make the database (CREATE DATABASE), or set DB_NAME to one that is there";
            default -> {
                if (isInsecurity(failure)) {
                    yield "Let the server have a certificate that this Java trusts, or set DB_SSL_MODE to one that asks for less";
                }
                yield isSetting(failure)
                        ? "Correct the setting, or let the server take connections from this machine"
                        : "See whether the server runs and can be reached from here, and whether the setting is its address";
            }
        };
    }

    private static boolean isSetting(Exception failure) {
        return isInsecurity(failure) || SqlFailure.of(failure) == SqlFailure.FATAL;
    }

    private static boolean isInsecurity(Throwable failure) {
        return failure instanceof SSLException
                || failure instanceof GeneralSecurityException
                || (failure.getCause() != null && isInsecurity(failure.getCause()));
    }

    private static int code(Exception failure) {
        return SqlFailure.sqlException(failure).map(SQLException::getErrorCode).orElse(0);
    }

    private static String cantBeUsed(MySqlSettings settings, String reason) {
        String setting = settings.isEmbedded() ? DataDirectory.SETTING : "DB_HOST";
        return setting + ": " + settings + " can't be used: " + reason;
    }

    /** Drivers wrap what the operating system said in long stories of their own. */
    public static String innermostReason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
        return text.lines().findFirst().orElse(text);
    }
}
