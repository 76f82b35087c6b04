package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Looks through a process at what there is and at what there is not, as its owner and as a stranger. */
final class Inspection {

    private static final int READERS = 8;

    private final Client process;
    private final List<Tenant> tenants;
    private final Violations violations;

    Inspection(Client process, List<Tenant> tenants, Violations violations) {
        this.process = process;
        this.tenants = tenants;
        this.violations = violations;
    }

    /** Looks at images that have to be there, and whose views are not used up by it. */
    void requireShown(List<SharedLink> images) throws Exception {
        inParallel(images, image -> {
            Link link = image.link();
            if (image.terms().isPrivate()) {
                requireHidden(link);
            }
            Client reader = image.terms().isPrivate() ? asOwnerOf(link) : process;
            if (image.terms().views().isPresent()) {
                requireThere(reader, link);
            } else {
                requireReadable(reader, link);
                requireThumbnail(reader, link);
            }
        });
    }

    /** Looks for images that have to be gone. */
    void requireGone(List<Link> links) throws Exception {
        inParallel(links, link -> {
            Answer answer = Way.WHOLE.take(asOwnerOf(link), link);
            if (answer.status() != 404) {
                violations.add(Kind.UNDELETED, process.base() + " answers " + answer.status() + " for " + link);
            }
        });
    }

    private Client asOwnerOf(Link link) {
        return Tenant.ownerOf(link, tenants).as(process);
    }

    private void requireHidden(Link link) throws IOException, InterruptedException {
        for (Way way : Way.values()) {
            Answer answer = way.take(process, link);
            if (answer.status() != 404) {
                violations.add(
                        Kind.EXPOSED, process.base() + " answers " + answer.status() + " to " + way + " for " + link);
            }
        }
    }

    private void requireThere(Client reader, Link link) throws IOException, InterruptedException {
        Answer answer = Way.HEAD.take(reader, link);
        if (answer.status() != 200) {
            violations.add(Kind.LOST, process.base() + " answers " + answer.status() + " to HEAD for " + link);
        }
    }

    private void requireReadable(Client reader, Link link) throws IOException, InterruptedException {
        Answer answer = Way.WHOLE.take(reader, link);
        if (!Picture.digestOf(answer.bytes()).equals(link.digest())) {
            violations.add(Kind.LOST, process.base() + " answers " + answer.status() + " for " + link);
        }
    }

    private void requireThumbnail(Client reader, Link link) throws IOException, InterruptedException {
        Answer answer = Way.THUMBNAIL.take(reader, link);
        if (answer.status() != 200 || !Picture.isOne(answer.bytes())) {
            violations.add(Kind.LOST, process.base() + " answers " + answer.status() + " for the thumbnail of " + link);
        }
    }

    /** What is done with each of some things. */
    interface Task<T> {
        void run(T item) throws Exception;
    }

    /** Does it with several at once. */
    static <T> void inParallel(List<T> items, Task<T> task) throws Exception {
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        Callable<Boolean> worker = () -> {
            for (T item = left.poll(); item != null; item = left.poll()) {
                task.run(item);
            }
            return true;
        };
        Concurrently.run(READERS, worker);
    }
}
