package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Tally.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes images, and notes what it is answered. Safe for use by many threads. */
final class DeletionTraffic {

    private static final int LARGEST_BATCH = 6;

    private final Courier courier;
    private final Books books;

    DeletionTraffic(Courier courier, Books books) {
        this.courier = courier;
        this.books = books;
    }

    void delete(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Link> one = some(1, tenant, random);
        if (one.isEmpty()) {
            return;
        }
        books.ledger().deleting(one);
        Outcome outcome = courier.ask(
                node,
                client -> tenant.as(client).delete("/api/images/" + one.get(0).id()));
        if (outcome.is(200)) {
            books.ledger().deleted(one.get(0));
            books.tally().count(Event.DELETION_ACKNOWLEDGED);
        } else {
            notDeleted(outcome, one);
        }
    }

    void deleteSeveral(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Link> several = some(1 + random.nextInt(LARGEST_BATCH), tenant, random);
        if (several.isEmpty()) {
            return;
        }
        String ids = several.stream().map(link -> String.valueOf(link.id())).collect(Collectors.joining(",", "[", "]"));
        books.ledger().deleting(several);
        Outcome outcome =
                courier.ask(node, client -> tenant.as(client).deleteJson("/api/images", "{\"ids\":" + ids + "}"));
        if (!outcome.is(200)) {
            notDeleted(outcome, several);
            return;
        }
        Set<Long> notFound = new HashSet<>();
        outcome.data().get("notFound").forEach(id -> notFound.add(id.asLong()));
        for (Link link : several) {
            if (notFound.contains(link.id())) {
                books.ledger().notFoundToDelete(link);
            } else {
                books.ledger().deleted(link);
                books.tally().count(Event.DELETION_ACKNOWLEDGED);
            }
        }
    }

    private void notDeleted(Outcome outcome, List<Link> links) {
        if (outcome.is(404)) {
            links.forEach(books.ledger()::notFoundToDelete);
            return;
        }
        books.ledger().deletionInDoubt(links);
        books.tally().add(outcome.isLost() ? Event.DELETION_UNKNOWN : Event.DELETION_FAILED, links.size());
        courier.requireRetryable(outcome, "deletion");
    }

    /** Images of somebody that are there, or in doubt, in no particular order. */
    private List<Link> some(int count, Tenant tenant, Random random) {
        List<Link> links = new ArrayList<>(books.ledger().links(Ledger.Fate.LIVE, Ledger.Fate.IN_DOUBT));
        links.removeIf(link -> !link.owner().equals(tenant.owner()));
        List<Link> chosen = new ArrayList<>();
        while (chosen.size() < count && !links.isEmpty()) {
            chosen.add(links.remove(random.nextInt(links.size())));
        }
        return chosen;
    }
}
