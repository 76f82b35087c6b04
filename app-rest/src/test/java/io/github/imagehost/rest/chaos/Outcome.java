package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.testing.Answer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What became of a request: an answer, or none although it was sent, or it was not even sent.
 *
 * @param answered the answer, if there was one
 * @param wasSent whether it may have had an effect
 */
record Outcome(Optional<Answer> answered, boolean wasSent) {

    boolean is(int status) {
        return answered.isPresent() && answered.get().status() == status;
    }

    boolean isLost() {
        return wasSent && answered.isEmpty();
    }

    /** The answer, which there is. */
    Answer answer() {
        return answered.orElseThrow();
    }

    /** What an answer in the envelope is about. */
    JsonNode data() {
        return answer().data();
    }
}
