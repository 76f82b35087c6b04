package io.github.imagehost.mysql.migration;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands Flyway's messages to slf4j, one level lower than Flyway does: what goes wrong arrives as an exception, and a
 * start on a database newer than Flyway itself is nothing to warn of.
 */
public final class MigrationLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> source) {
        return new Slf4jLog(LoggerFactory.getLogger(source));
    }

    private record Slf4jLog(Logger logger) implements Log {

        @Override
        public void debug(String message) {
            logger.trace(message);
        }

        @Override
        public void info(String message) {
            logger.debug(message);
        }

        @Override
        public void warn(String message) {
            logger.info(message);
        }

        @Override
        public void error(String message) {
            logger.warn(message);
        }

        @Override
        public void error(String message, Exception e) {
            logger.warn(message, e);
        }

        @Override
        public void notice(String message) {
            logger.debug(message);
        }
    }
}
