package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;

/**
 * Brings requests to processes that may be killed meanwhile, and finds fault with what no kill explains. Safe for use
 * by many threads.
 */
final class Courier {

    private final Violations violations;

    Courier(Violations violations) {
        this.violations = violations;
    }

    /** A request that is put to a process. */
    interface Request {
        Answer ask(Client client) throws IOException, InterruptedException;
    }

    Outcome ask(Node node, Request request) throws InterruptedException {
        try {
            return new Outcome(Optional.of(request.ask(node.client())), true);
        } catch (HttpTimeoutException e) {
            return unanswered(e);
        } catch (IOException e) {
            return brokenOff(node, e);
        }
    }

    /** A picture that is deleted while it is sent may be broken off: then it is gone when somebody asks again. */
    Outcome look(Node node, Request request) throws InterruptedException {
        try {
            return new Outcome(Optional.of(request.ask(node.client())), true);
        } catch (HttpTimeoutException e) {
            return unanswered(e);
        } catch (IOException e) {
            Outcome again = ask(node, request);
            return again.is(404) ? again : brokenOff(node, e);
        }
    }

    private Outcome unanswered(HttpTimeoutException e) {
        violations.add(Kind.OTHER, "A request was not answered in time: " + e);
        return new Outcome(Optional.empty(), true);
    }

    private Outcome brokenOff(Node node, IOException e) {
        if (!node.isKilled()) {
            violations.add(Kind.OTHER, "A process that nobody killed broke a connection off: " + e);
        }
        return new Outcome(Optional.empty(), !(e instanceof ConnectException));
    }

    /** If there is another answer than those that were expected, it has to be that one should try again. */
    void requireRetryable(Outcome outcome, String what) {
        outcome.answered()
                .filter(answer -> answer.status() != 503)
                .ifPresent(answer -> violations.add(
                        Kind.OTHER, "A " + what + " was answered " + answer.status() + ": " + answer.text()));
    }
}
