package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Tally.Event;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Random;

/** Changes how images are shared, and notes what it is answered. Safe for use by many threads. */
final class ChangeTraffic {

    private static final List<Change> CHANGES = List.of(Change.values());

    private final Courier courier;
    private final Books books;

    ChangeTraffic(Courier courier, Books books) {
        this.courier = courier;
        this.books = books;
    }

    void change(Node node, Tenant tenant, Random random) throws InterruptedException {
        List<Link> own = books.ledger().links(Ledger.Fate.LIVE).stream()
                .filter(link -> link.owner().equals(tenant.owner()))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Link link = own.get(random.nextInt(own.size()));
        Change change = CHANGES.get(random.nextInt(CHANGES.size()));
        if (!books.ledger().changing(link, change)) {
            return;
        }
        long begun = books.ledger().now();
        Outcome outcome = courier.ask(
                node,
                client -> tenant.as(client)
                        .send("PATCH", "/api/images/" + link.id(), BodyPublishers.ofString(change.json())));
        if (outcome.is(200)) {
            books.ledger().changed(begun, link, change, Terms.told(outcome.data()));
            books.tally().count(Event.CHANGE);
        } else if (outcome.is(404)) {
            books.ledger().notFoundToRead(link);
        } else {
            courier.requireRetryable(outcome, "change");
        }
    }
}
