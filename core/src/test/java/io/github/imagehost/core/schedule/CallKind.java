package io.github.imagehost.core.schedule;

import static io.github.imagehost.core.schedule.Mishap.ANSWER_LOST;
import static io.github.imagehost.core.schedule.Mishap.CRASH_AFTER;
import static io.github.imagehost.core.schedule.Mishap.CRASH_BEFORE;
import static io.github.imagehost.core.schedule.Mishap.CRASH_LATE;
import static io.github.imagehost.core.schedule.Mishap.FAILS;
import static io.github.imagehost.core.schedule.Mishap.LATE;
import static io.github.imagehost.core.schedule.Mishap.OUTCOME_UNKNOWN;
import static io.github.imagehost.core.schedule.Mishap.REFUSED;
import static io.github.imagehost.core.schedule.Mishap.TOLD_AS_FAILED;

import com.google.common.collect.ImmutableSet;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreUnavailableException;

/** What may become of calls, and what their callers are told. */
public enum CallKind {
    /** Happens without anybody's asking for it. */
    ACCIDENT(),
    /** Asks the repository, and changes nothing. */
    READ(CRASH_BEFORE, CRASH_AFTER, FAILS),
    /** Changes the repository, in one transaction. */
    CHANGE(CRASH_BEFORE, CRASH_AFTER, FAILS, ANSWER_LOST, OUTCOME_UNKNOWN),
    /** As a {@link #CHANGE}; may share its statements with others of this kind, which are each committed at once. */
    CLAIM(CRASH_BEFORE, CRASH_AFTER, FAILS, TOLD_AS_FAILED, ANSWER_LOST, OUTCOME_UNKNOWN),
    /** As a {@link #CHANGE}; may share its transaction with others of this kind. */
    COMPLETION(CRASH_BEFORE, CRASH_AFTER, FAILS, ANSWER_LOST, OUTCOME_UNKNOWN),
    /** Asks the store for an object. */
    GET(CRASH_BEFORE, CRASH_AFTER, FAILS),
    /** Sends an object to the store. */
    PUT(CRASH_BEFORE, CRASH_AFTER, FAILS, ANSWER_LOST, LATE, CRASH_LATE),
    /** Asks the store to delete objects, and gets an answer for each. */
    DELETE(CRASH_BEFORE, CRASH_AFTER, FAILS, ANSWER_LOST, REFUSED, LATE, CRASH_LATE);

    private final ImmutableSet<Mishap> mishaps;

    CallKind(Mishap... mishaps) {
        this.mishaps = ImmutableSet.copyOf(mishaps);
    }

    boolean mayMeet(Mishap mishap) {
        return mishaps.contains(mishap);
    }

    boolean changesSomething() {
        return this == CHANGE || isShared() || this == PUT || this == DELETE;
    }

    /** Whether a mishap may meet several of this kind at once. */
    boolean isShared() {
        return this == CLAIM || this == COMPLETION;
    }

    RuntimeException failure(Mishap mishap) {
        boolean isStore = this == GET || this == PUT || this == DELETE;
        if (isStore) {
            return new StoreUnavailableException(mishap.toString());
        }
        return mishap == FAILS || mishap == TOLD_AS_FAILED
                ? new RepositoryUnavailableException(mishap.toString())
                : new CommitStateUnknownException(mishap.toString(), new IllegalStateException(mishap.toString()));
    }
}
