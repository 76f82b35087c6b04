package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * What many threads asked of repositories on one database, when, and what they were answered; and whether all of that
 * can be true. Recording is safe for use by many threads; the questions come when they are done.
 */
final class History {

    /** Leases are measured by the database's clock, in milliseconds that it cuts off. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(2);

    /** A call, which had its effect at some instant between its start and its end. */
    private record Event<Q, A>(long start, long end, Q question, A answer) {

        boolean isBefore(Event<?, ?> other) {
            return end < other.start;
        }

        boolean mayBeBefore(Event<?, ?> other) {
            return start < other.end;
        }
    }

    private final Queue<Event<UploadRequest, Claim<UploadRequest, Image>>> claims = new ConcurrentLinkedQueue<>();
    private final Queue<Event<Reservation<UploadRequest>, Optional<Image>>> completions = new ConcurrentLinkedQueue<>();
    private final Queue<Event<Reservation<UploadRequest>, Boolean>> abandonments = new ConcurrentLinkedQueue<>();
    private final Queue<Event<Long, Optional<Image>>> searches = new ConcurrentLinkedQueue<>();
    private final Queue<Event<Collection<Long>, Removal>> removals = new ConcurrentLinkedQueue<>();
    private final Queue<Event<Collection<CondemnedBlob>, Boolean>> forgettings = new ConcurrentLinkedQueue<>();

    private final Map<Long, Event<UploadRequest, Claim<UploadRequest, Image>>> reservedBlobs = new HashMap<>();
    private final Map<ObjectKey, Long> blobsByKey = new HashMap<>();
    private final Map<Long, Event<Reservation<UploadRequest>, Optional<Image>>> completedBlobs = new HashMap<>();
    private final Map<Long, Event<?, ?>> abandonedBlobs = new HashMap<>();
    private final Map<Long, Event<?, ?>> createdImages = new HashMap<>();
    private final Map<Long, Event<?, ?>> removedImages = new HashMap<>();
    private final Map<Long, Event<?, ?>> condemnedBlobs = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    // ---- recording

    Claim<UploadRequest, Image> claim(AdministrableRepository repository, UploadRequest request) {
        return record(claims, request, () -> repository.claim(request));
    }

    Optional<Image> complete(AdministrableRepository repository, Reservation<UploadRequest> reservation) {
        return record(completions, reservation, () -> repository.complete(reservation));
    }

    void abandon(AdministrableRepository repository, Reservation<UploadRequest> reservation) {
        record(abandonments, reservation, () -> {
            repository.abandon(reservation);
            return true;
        });
    }

    void find(AdministrableRepository repository, OwnerId owner, long id) {
        record(searches, id, () -> repository.findById(owner, id));
    }

    Removal remove(AdministrableRepository repository, OwnerId owner, Collection<Long> ids) {
        return record(removals, ids, () -> repository.remove(owner, ids));
    }

    void forget(AdministrableRepository repository, Collection<CondemnedBlob> blobs) {
        record(forgettings, blobs, () -> {
            repository.forget(blobs);
            return true;
        });
    }

    private static <Q, A> A record(Queue<Event<Q, A>> events, Q question, Supplier<A> call) {
        long start = System.nanoTime();
        A answer = call.get();
        events.add(new Event<>(start, System.nanoTime(), question, answer));
        return answer;
    }

    // ---- questions

    /** What of the answers can't all be true; empty if they can. */
    List<String> contradictions() {
        collect();
        claims.forEach(claim -> {
            if (claim.answer() instanceof Claim.Existing<UploadRequest, Image> existing) {
                checkLive(claim, existing.item());
            } else if (claim.answer() instanceof Claim.Attached<UploadRequest, Image> attached) {
                checkLive(claim, attached.item());
            }
        });
        completions.forEach(completion -> completion
                .answer()
                .ifPresentOrElse(image -> checkLive(completion, image), () -> checkLost(completion)));
        searches.forEach(search ->
                search.answer().ifPresentOrElse(image -> checkLive(search, image), () -> checkAbsent(search)));
        reservedBlobs.forEach((id, first) -> reservedBlobs.values().stream()
                .filter(second -> isSameContent(first, second) && first.isBefore(second))
                .filter(second -> !mayBeOver(id, first, second))
                .forEach(second -> contradictions.add("reserved twice: " + first + " and " + second)));
        return contradictions;
    }

    /** The images that have to be there in the end. */
    Set<Long> liveImages() {
        Set<Long> live = new HashSet<>(createdImages.keySet());
        live.removeAll(removedImages.keySet());
        return live;
    }

    /** The blobs that have to be there in the end, in whatever state. */
    Set<Long> rememberedBlobs() {
        Set<Long> remembered = new HashSet<>(reservedBlobs.keySet());
        forgettings.forEach(event -> event.question().stream()
                .filter(CondemnedBlob::settled)
                .map(CondemnedBlob::blobId)
                .forEach(remembered::remove));
        return remembered;
    }

    /** The blobs that nobody may find live in the end. */
    Set<Long> condemnedBlobs() {
        Set<Long> condemned = new HashSet<>(condemnedBlobs.keySet());
        abandonedBlobs.keySet().stream()
                .filter(id -> !completedBlobs.containsKey(id))
                .forEach(condemned::add);
        return condemned;
    }

    /** How often each kind of answer was given. */
    Map<String, Integer> answers() {
        Map<String, Integer> counts = new HashMap<>();
        claims.forEach(event -> counts.merge(event.answer().getClass().getSimpleName(), 1, Integer::sum));
        completions.forEach(event -> counts.merge(event.answer().isPresent() ? "completed" : "lost", 1, Integer::sum));
        removals.forEach(event -> {
            Removal removal = event.answer();
            counts.merge("removed", removal.removed().size(), Integer::sum);
            counts.merge("condemned", removal.condemned().size(), Integer::sum);
            counts.merge(
                    "shared", removal.removed().size() - removal.condemned().size(), Integer::sum);
        });
        counts.put("forgotten", reservedBlobs.size() - rememberedBlobs().size());
        return counts;
    }

    private void collect() {
        for (Event<UploadRequest, Claim<UploadRequest, Image>> claim : claims) {
            if (claim.answer() instanceof Claim.Reserved<UploadRequest, Image> reserved) {
                long blob = reserved.reservation().blobId();
                blobsByKey.put(claim.question().objectKey(), blob);
                addOnce(reservedBlobs, blob, claim);
            } else if (claim.answer() instanceof Claim.Attached<UploadRequest, Image> attached) {
                addOnce(createdImages, attached.item().id(), claim);
            }
        }
        for (Event<Reservation<UploadRequest>, Optional<Image>> completion : completions) {
            completion.answer().ifPresent(image -> {
                addFirst(completedBlobs, completion.question().blobId(), completion);
                addFirst(createdImages, image.id(), completion);
            });
        }
        abandonments.forEach(event -> addFirst(abandonedBlobs, event.question().blobId(), event));
        for (Event<Collection<Long>, Removal> removal : removals) {
            removal.answer().removed().forEach(id -> addOnce(removedImages, id, removal));
            removal.answer().condemned().forEach(blob -> addOnce(condemnedBlobs, blob.blobId(), removal));
        }
    }

    private <E extends Event<?, ?>> void addOnce(Map<Long, E> events, long id, E event) {
        E other = events.put(id, event);
        if (other != null) {
            contradictions.add("the same twice: " + other + " and " + event);
        }
    }

    private static <E extends Event<?, ?>> void addFirst(Map<Long, E> events, long id, E event) {
        events.merge(id, event, (one, other) -> one.end() < other.end() ? one : other);
    }

    private void checkLive(Event<?, ?> event, Image image) {
        Event<?, ?> removal = removedImages.get(image.id());
        if (removal != null && removal.isBefore(event)) {
            contradictions.add("answered after its removal " + removal + ": " + event);
        }
        Event<?, ?> condemnation = condemnedBlobs.get(blobsByKey.get(image.objectKey()));
        if (condemnation != null && (removal == null || !removal.mayBeBefore(condemnation))) {
            contradictions.add("on a blob that was condemned by " + condemnation + ": " + event);
        }
    }

    private void checkAbsent(Event<Long, ?> search) {
        Event<?, ?> creation = createdImages.get(search.question());
        Event<?, ?> removal = removedImages.get(search.question());
        if (creation != null && creation.isBefore(search) && (removal == null || !removal.mayBeBefore(search))) {
            contradictions.add("not found between " + creation + " and " + removal + ": " + search);
        }
    }

    private void checkLost(Event<Reservation<UploadRequest>, ?> completion) {
        long blob = completion.question().blobId();
        boolean isExplained = Optional.ofNullable(completedBlobs.get(blob))
                .flatMap(Event::answer)
                .map(image -> mayBeRemovedBefore(image, completion))
                .orElseGet(() -> mayBeOver(blob, Objects.requireNonNull(reservedBlobs.get(blob)), completion));
        if (!isExplained) {
            contradictions.add("lost without a reason: " + completion);
        }
    }

    private boolean mayBeRemovedBefore(Image image, Event<?, ?> later) {
        Event<?, ?> removal = removedImages.get(image.id());
        return removal != null && removal.mayBeBefore(later);
    }

    private static boolean isSameContent(Event<UploadRequest, ?> one, Event<UploadRequest, ?> other) {
        return one.question()
                .content()
                .digest()
                .equals(other.question().content().digest());
    }

    /** Whether a blob may have stopped being live before another event took effect. */
    private boolean mayBeOver(long blob, Event<UploadRequest, ?> reservation, Event<?, ?> later) {
        if (completedBlobs.containsKey(blob)) {
            Event<?, ?> condemnation = condemnedBlobs.get(blob);
            return condemnation != null && condemnation.mayBeBefore(later);
        }
        Event<?, ?> abandonment = abandonedBlobs.get(blob);
        Duration lease = reservation.question().lease().duration().minus(CLOCK_TOLERANCE);
        return (abandonment != null && abandonment.mayBeBefore(later))
                || later.end() - reservation.start() >= lease.toNanos();
    }
}
