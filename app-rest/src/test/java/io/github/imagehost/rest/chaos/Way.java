package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;

/** Ways to look at a picture. */
enum Way {
    WHOLE,
    PART,
    THUMBNAIL,
    HEAD,
    CONDITION;

    private static final Set<Integer> SHOWING = Set.of(200, 206, 304);

    /** Whether somebody who is answered so sees that there is a picture. */
    static boolean shows(Answer answer) {
        return SHOWING.contains(answer.status());
    }

    /** Whether the bytes are sent, which counts as a view. */
    boolean isView() {
        return this != HEAD && this != CONDITION;
    }

    Answer take(Client client, Link link) throws IOException, InterruptedException {
        return switch (this) {
            case WHOLE -> client.get(link.path());
            case PART -> client.get(link.path(), "Range", "bytes=0-0");
            case THUMBNAIL -> client.get(link.thumbnailPath());
            case HEAD -> client.send("HEAD", link.path(), BodyPublishers.noBody());
            case CONDITION -> client.get(link.path(), "If-None-Match", "*");
        };
    }
}
