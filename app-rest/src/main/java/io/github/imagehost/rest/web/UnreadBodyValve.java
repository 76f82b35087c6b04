package io.github.imagehost.rest.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads what a client goes on sending after it was answered, since most clients look at the answer only then; but not for long,
 * and not from those that were too slow before. Tomcat itself would go on for as long as a byte comes now and then.
 */
@Component
public class UnreadBodyValve extends ValveBase {

    private static final Logger log = LoggerFactory.getLogger(UnreadBodyValve.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.isFinished()) {
            return;
        }
        response.finishResponse();
        boolean wasTooSlow = response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value();
        if (wasTooSlow || !endsSoon(request.getCoyoteRequest())) {
            // closes the connection
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Reads past the stream of the servlets, which may be closed. */
    private static boolean endsSoon(org.apache.coyote.Request request) {
        Discarded discarded = new Discarded();
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < LIMIT.toNanos()) {
                if (request.doRead(discarded) < 0) {
                    return true;
                }
            }
        } catch (IOException e) {
            log.debug("A client did not send its request to the end", e);
        }
        return false;
    }

    /** Where the body goes; Tomcat brings buffers of its own. */
    private static final class Discarded implements ApplicationBufferHandler {

        private @Nullable ByteBuffer buffer;

        @Override
        public void setByteBuffer(ByteBuffer newBuffer) {
            this.buffer = newBuffer;
        }

        @Override
        public @Nullable ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // nothing is collected
        }
    }
}
