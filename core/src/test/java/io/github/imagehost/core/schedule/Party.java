package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.schedule.Course.Experience;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One party of a schedule, and how far it has come. */
final class Party {

    private Course course;
    private boolean alive = true;
    /** What it has learned, but has not gone on from. */
    private @Nullable Experience experience;

    Party(Course course) {
        this.course = course;
    }

    Party copy() {
        Party copy = new Party(course);
        copy.alive = alive;
        return copy;
    }

    String name() {
        return course.name();
    }

    /** Whether it has something left to do. */
    boolean isAlive() {
        return alive;
    }

    /** Whether it is about to make a call. */
    boolean isCalling() {
        return alive && course.hasBegun();
    }

    /** Whether its time has not come yet. */
    boolean isWaiting() {
        return !course.hasBegun();
    }

    /** Begins, at that many nanoseconds after the schedule, and goes on until it wants to make its first call. */
    void begin(long time, Invariants invariants) {
        experience = new Experience("begin", "", false, time, () -> "");
        goOn(invariants);
    }

    /** The call that it wants to make. */
    Call next() {
        Call next = course.next();
        if (next == null) {
            throw new IllegalStateException(name() + " has not begun, or has come to its end");
        }
        return next;
    }

    /** Goes on until it wants to make its next call, or has come to its end. */
    void goOn(Invariants invariants) {
        course = course.after(Objects.requireNonNull(experience));
        experience = null;
        course.tell(invariants);
        alive = course.next() != null;
    }

    void crash() {
        alive = false;
    }

    /** Learns the answer to its call. */
    void learn(Object answer, long time) {
        boolean isDone = next().kind().changesSomething() && isFinal(answer);
        experience = new Experience(next().description(), answer, isDone, time, () -> answer);
    }

    /**
     * Learns that its call failed.
     *
     * @param failure makes what is thrown
     * @param why different for each way to fail that it can tell apart
     */
    void learnFailure(Supplier<RuntimeException> failure, String why, long time) {
        experience = new Experience(next().description(), new Course.Failure(why), false, time, () -> {
            throw failure.get();
        });
    }

    /** What decides how it goes on, as far as it is alive. */
    String fingerprint(long now) {
        if (isCalling()) {
            return course.fingerprint(now);
        }
        return isWaiting() ? "waits" : "has ended";
    }

    /** Whether what was asked for is done for good. */
    private static boolean isFinal(Object answer) {
        return answer instanceof Claim.Existing
                || answer instanceof Claim.Attached
                || answer instanceof Removal
                || (answer instanceof Optional<?> made && made.isPresent());
    }

    private static String nameOf(Object item) {
        return item instanceof Image image
                ? image.filename()
                : ((Variant) item).objectKey().value();
    }

    /** As much of an answer as makes it different from others, and fits into a line. */
    static String brief(Object answer) {
        if (answer instanceof Claim.Existing<?, ?> existing) {
            return "existing " + nameOf(existing.item());
        }
        if (answer instanceof Claim.Attached<?, ?> attached) {
            return "attached " + nameOf(attached.item());
        }
        if (answer instanceof Claim.Reserved<?, ?> reserved) {
            return "reserved blob " + reserved.reservation().blobId();
        }
        if (answer instanceof Claim.Busy) {
            return "busy";
        }
        if (answer instanceof Claim.KeyUsed) {
            return "its key is used";
        }
        if (answer instanceof Claim.SourceGone) {
            return "its source is gone";
        }
        if (answer instanceof BlobEntry blob) {
            return blob.objectKey() + " " + blob.state() + " until " + blob.quarantineEnd();
        }
        if (answer instanceof StoredObject object) {
            return object.key().value();
        }
        if (answer instanceof List<?> things) {
            return things.stream().map(Party::brief).toList().toString();
        }
        if (answer instanceof Image) {
            return "an image";
        }
        if (answer instanceof Reservation) {
            return "a variant";
        }
        if (answer instanceof Course.Failure failure) {
            return failure.why();
        }
        if (answer instanceof Optional<?> made) {
            return made.map(Party::brief).orElse("nothing");
        }
        if (answer instanceof ByteBuffer) {
            return "its bytes";
        }
        if (answer instanceof Removal removal) {
            return "removed " + removal.removed() + ", condemned " + removal.condemned();
        }
        if (answer instanceof Map<?, ?> failures) {
            return failures.isEmpty()
                    ? "deleted"
                    : "refused "
                            + failures.keySet().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(" "));
        }
        return String.valueOf(answer);
    }
}
