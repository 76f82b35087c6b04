package io.github.imagehost.core.bulk;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks for the images that an owner has already. One question is asked at a time; who comes meanwhile has his digest in the
 * next one, so that many threads ask few questions. Safe for use by many threads.
 */
final class ExistingImages {

    private final ImageHost host;
    private final OwnerId owner;
    /** Held while a question is asked. */
    private final ReentrantLock asking = new ReentrantLock();
    /** What is asked next. Guarded by this. */
    private Question next = new Question();

    ExistingImages(ImageHost host, OwnerId owner) {
        this.host = host;
        this.owner = owner;
    }

    /** The owner's image of these bytes, if an upload of them would be a duplicate. */
    Optional<Image> find(Digest digest) {
        Question question;
        boolean isFirst;
        synchronized (this) {
            question = next;
            isFirst = question.digests.isEmpty();
            question.digests.add(digest);
        }
        if (isFirst) {
            ask(question);
        }
        return question.answer(digest);
    }

    private void ask(Question question) {
        asking.lock();
        try {
            synchronized (this) {
                next = new Question();
            }
            question.found.complete(host.findExisting(owner, question.digests));
        } catch (RuntimeException | Error e) {
            question.found.completeExceptionally(e);
        } finally {
            asking.unlock();
        }
    }

    private static final class Question {

        /** Does not change any more once it is asked. */
        private final Set<Digest> digests = new HashSet<>();

        private final CompletableFuture<Map<Digest, Image>> found = new CompletableFuture<>();

        Optional<Image> answer(Digest digest) {
            try {
                return Optional.ofNullable(found.join().get(digest));
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
    }
}
