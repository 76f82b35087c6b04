package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Clients that upload, delete, read, look at thumbnails, say how their pictures are shared and look for those of others
 * at random, against whatever processes there are, until they are told to stop. Most uploads are of a few pictures that
 * all clients share, so that they meet; what was deleted or has ended is uploaded again.
 */
final class Load {

    /** More is deleted when there are more, so that an audit can look at all of them. */
    static final int IMAGES_TO_KEEP = 100;

    private static final int CLIENTS = 16;

    private static final int LONGEST_PAUSE_MILLIS = 600;

    private static final int FRESH_PER_LARGE_ONE = 3;

    private static final int MOST_VIEWS = 3;

    private static final long LIMIT_MINUTES = 3;

    private final Cluster cluster;
    private final List<Tenant> tenants;
    private final SharedPictures pictures;
    private final Books books;
    private final UploadTraffic uploads;
    private final DeletionTraffic deletions;
    private final ChangeTraffic changes;
    private final ReadTraffic reads;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean slow;
    private volatile boolean stopped;

    private Load(Cluster cluster, List<Tenant> tenants, SharedPictures pictures, Books books) {
        Courier courier = new Courier(books.violations());
        this.cluster = cluster;
        this.tenants = tenants;
        this.pictures = pictures;
        this.books = books;
        this.uploads = new UploadTraffic(courier, books, pictures);
        this.deletions = new DeletionTraffic(courier, books);
        this.changes = new ChangeTraffic(courier, books);
        this.reads = new ReadTraffic(courier, books, tenants);
    }

    /** Begins; what happens is noted in the books. */
    static Load start(Cluster cluster, List<Tenant> tenants, SharedPictures pictures, Books books, Random seeds) {
        Load load = new Load(cluster, tenants, pictures, books);
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seeds.nextLong());
            Thread client = new Thread(() -> load.run(random), "client-" + i);
            client.start();
            load.clients.add(client);
        }
        return load;
    }

    /** Leaves some of the machine to processes that are starting. */
    void slowDown() {
        slow = true;
    }

    /** Returns when every request that is under way has come to its end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join(TimeUnit.MINUTES.toMillis(LIMIT_MINUTES));
            if (client.isAlive()) {
                throw new AssertionError("A request did not come to an end within " + LIMIT_MINUTES + " min");
            }
        }
    }

    private void run(Random random) {
        try {
            while (!stopped) {
                Node node = cluster.any(random);
                Tenant tenant = tenants.get(random.nextInt(tenants.size()));
                doSomething(node, tenant, random);
                if (books.ledger().links(Ledger.Fate.LIVE).size() > IMAGES_TO_KEEP) {
                    deletions.deleteSeveral(node, tenant, random);
                }
                if (slow) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                }
            }
        } catch (InterruptedException | TimeoutException | RuntimeException | AssertionError e) {
            books.violations().add(Kind.OTHER, "A client gave up: " + e);
        }
    }

    private void doSomething(Node node, Tenant tenant, Random random) throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 20) {
            reads.read(node, random);
        } else if (dice < 29) {
            reads.lookAtThumbnail(node, random);
        } else if (dice < 36) {
            reads.spy(node, random);
        } else if (dice < 44) {
            changes.change(node, tenant, random);
        } else if (dice < 49) {
            deletions.delete(node, tenant, random);
        } else if (dice < 52) {
            deletions.deleteSeveral(node, tenant, random);
        } else if (dice < 61) {
            uploads.uploadSeveral(node, tenant, terms(random), random);
        } else if (dice < 74) {
            uploads.upload(node, tenant, fresh(random), terms(random));
        } else if (dice < 79) {
            uploads.upload(node, tenant, fresh(random), termsWithViews(random));
        } else {
            uploads.upload(node, tenant, pictures.any(random), terms(random));
        }
    }

    private static Picture fresh(Random random) {
        return SharedPictures.fresh(random.nextInt(FRESH_PER_LARGE_ONE) == 0);
    }

    private static Terms terms(Random random) {
        return new Terms(random.nextInt(4) == 0, random.nextInt(4) == 0, OptionalLong.empty());
    }

    /** Only for what nobody uploads a second time: how many views it has then depends on when that is. */
    private static Terms termsWithViews(Random random) {
        Terms others = terms(random);
        return new Terms(others.isPrivate(), others.ends(), OptionalLong.of(1 + random.nextInt(MOST_VIEWS)));
    }
}
