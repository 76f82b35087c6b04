package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.mapper.AlbumMapper;
import io.github.imagehost.mysql.mapper.ImageMapper;
import io.github.imagehost.mysql.mapper.MembershipMapper;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;

/**
 * The mappers of a configuration. The statements of each are read when it is used for the first time: to read those of
 * all of them takes longer than most commands need for their work, and none uses them all. Safe for use by several
 * threads.
 */
final class Mappers {

    /** Mappers whose statements contain pieces of another one's. */
    private static final Map<Class<?>, Class<?>> PIECES =
            Map.of(AlbumMapper.class, ImageMapper.class, MembershipMapper.class, ImageMapper.class);

    private final Configuration configuration;
    private final Set<Class<?>> complete = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, Throwable> failures = new HashMap<>();

    /** @param configuration one that {@link MyBatisSetup} has configured */
    Mappers(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * The mapper that runs its statements in this session.
     *
     * @throws RepositoryException if its statements could not be read, now or before: a configuration that has half of
     *     them can't be mended
     */
    <M> M get(SqlSession session, Class<M> mapper) {
        if (!complete.contains(mapper)) {
            read(mapper);
        }
        return session.getMapper(mapper);
    }

    private void read(Class<?> mapper) {
        // others may have mappers of the same configuration, which knows a mapper before it has read it
        synchronized (configuration) {
            Class<?> pieces = PIECES.get(mapper);
            if (pieces != null) {
                read(pieces);
            }
            Throwable failure = failures.get(mapper);
            if (failure != null) {
                throw unreadable(mapper, failure);
            }
            try {
                add(mapper);
            } catch (RuntimeException | Error e) {
                failures.put(mapper, e);
                throw unreadable(mapper, e);
            }
            complete.add(mapper);
        }
    }

    private void add(Class<?> mapper) {
        if (!configuration.hasMapper(mapper)) {
            configuration.addMapper(mapper);
        }
        // MyBatis takes a file that it can't open for one that nobody has written; some statements are for H2 alone
        if (Stream.of(mapper.getDeclaredMethods()).noneMatch(method -> has(mapper, method))) {
            throw new IllegalStateException("There are no statements for " + mapper.getName());
        }
    }

    private boolean has(Class<?> mapper, Method method) {
        return configuration.hasStatement(mapper.getName() + "." + method.getName());
    }

    private static RepositoryException unreadable(Class<?> mapper, Throwable failure) {
        return new RepositoryException(
                "The statements of " + mapper.getSimpleName()
                        + " could not be read: start the program again, or install it anew",
                failure);
    }
}
