package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Tally.Event;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Looks at images, as their owners and as strangers, and notes what there is to see. Safe for use by many threads. */
final class ReadTraffic {

    private static final List<Way> WAYS = List.of(Way.values());

    private static final int LOOKS_PER_LOOK_AT_WHAT_IS_GONE = 4;

    private final Courier courier;
    private final Books books;
    private final List<Tenant> tenants;

    ReadTraffic(Courier courier, Books books, List<Tenant> tenants) {
        this.courier = courier;
        this.books = books;
        this.tenants = tenants;
    }

    /** Reads an image, as its owner or as somebody else. */
    void read(Node node, Random random) throws InterruptedException {
        look(node, Way.WHOLE, random);
    }

    void lookAtThumbnail(Node node, Random random) throws InterruptedException {
        look(node, Way.THUMBNAIL, random);
    }

    /** Tries to see what only its owner may see. */
    void spy(Node node, Random random) throws InterruptedException {
        List<Link> hidden = books.ledger().privateLinks();
        if (hidden.isEmpty()) {
            return;
        }
        Link link = hidden.get(random.nextInt(hidden.size()));
        lookAsStranger(node, WAYS.get(random.nextInt(WAYS.size())), link, random);
    }

    private void look(Node node, Way way, Random random) throws InterruptedException {
        Optional<Link> chosen = oneOfLate(random);
        if (chosen.isEmpty()) {
            return;
        }
        if (random.nextBoolean()) {
            lookAsStranger(node, way, chosen.get(), random);
        } else {
            lookAsOwner(node, way, chosen.get());
        }
    }

    private void lookAsOwner(Node node, Way way, Link link) throws InterruptedException {
        Tenant owner = Tenant.ownerOf(link, tenants);
        long begun = books.ledger().now();
        Outcome outcome = look(node, way, link, Optional.of(owner));
        if (outcome.is(404)) {
            books.ledger().notFoundToRead(link);
        } else {
            seen(begun, way, link, outcome);
        }
    }

    private void lookAsStranger(Node node, Way way, Link link, Random random) throws InterruptedException {
        Tenant other = tenants.get(random.nextInt(tenants.size()));
        long begun = books.ledger().now();
        Outcome outcome = look(node, way, link, Optional.of(other).filter(tenant -> !tenant.owns(link)));
        if (outcome.is(404)) {
            books.ledger().hidden(begun, link);
            books.tally().count(Event.REFUSAL);
        } else if (seen(begun, way, link, outcome)) {
            books.ledger().shown(begun, link);
        }
    }

    private Outcome look(Node node, Way way, Link link, Optional<Tenant> reader) throws InterruptedException {
        return courier.look(node, client -> {
            if (way.isView()) {
                books.ledger().viewing(link);
            }
            return way.take(reader.map(tenant -> tenant.as(client)).orElse(client), link);
        });
    }

    /** Whether there was something to see. */
    private boolean seen(long begun, Way way, Link link, Outcome outcome) {
        if (outcome.answered().filter(Way::shows).isEmpty()) {
            courier.requireRetryable(outcome, "look at a picture");
            return false;
        }
        if (way.isView()) {
            books.ledger().viewed(link);
        }
        byte[] bytes = outcome.answer().bytes();
        if (way == Way.WHOLE) {
            books.ledger().read(begun, link, Picture.digestOf(bytes));
            books.tally().count(Event.READ);
        } else {
            books.ledger().found(begun, link);
        }
        if (way == Way.THUMBNAIL) {
            if (!Picture.isOne(bytes)) {
                books.violations().add(Kind.LOST, "The thumbnail can't be decoded of " + link);
            }
            books.tally().count(Event.THUMBNAIL);
        }
        return true;
    }

    /** An image that is there, or one that is gone: those of late are the ones that something may happen to. */
    private Optional<Link> oneOfLate(Random random) {
        Ledger ledger = books.ledger();
        List<Link> links =
                ledger.links(random.nextInt(LOOKS_PER_LOOK_AT_WHAT_IS_GONE) == 0 ? Ledger.Fate.GONE : Ledger.Fate.LIVE);
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        links.get(links.size() - 1 - random.nextInt(Math.min(links.size(), Load.IMAGES_TO_KEEP))));
    }
}
