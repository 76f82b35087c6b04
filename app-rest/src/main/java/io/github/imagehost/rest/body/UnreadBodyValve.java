package io.github.imagehost.rest.body;

import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
 * Reads what a client goes on sending after it was answered, since most clients look at the answer only then; but not
 * for long, and not from those that were too slow before. Tomcat itself would go on for as long as a byte comes now and
 * then.
 */
@Component
public class UnreadBodyValve extends ValveBase {

    private static final Logger log = LoggerFactory.getLogger(UnreadBodyValve.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** As long as curl waits before it sends a body that nobody asked for. */
    private static final Duration LIMIT_OF_UNASKED = Duration.ofSeconds(1);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.isFinished()) {
            return;
        }
        response.finishResponse();
        org.apache.coyote.Request unread = request.getCoyoteRequest();
        if (wasTooSlow(request) || (isUnasked(unread) && !isComing(unread)) || !endsSoon(unread)) {
            // closes the connection
            unread.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean wasTooSlow(Request request) {
        return RequestRecord.find(request).stream()
                .flatMapToInt(record -> record.errorStatus().stream())
                .anyMatch(status -> status == HttpStatus.REQUEST_TIMEOUT.value());
    }

    /** The client wanted to be told to send its body, and was answered instead. */
    private static boolean isUnasked(org.apache.coyote.Request request) {
        return request.hasExpectation() && request.getBytesRead() == 0;
    }

    /**
     * Whether a body comes all the same, or the end of the connection: most clients send none, some don't wait for
     * long, and those that look at nothing but the end of the connection must not wait for it until a read fails.
     */
    private static boolean isComing(org.apache.coyote.Request request) {
        long start = System.nanoTime();
        long pause = SHORTEST_PAUSE.toNanos();
        while (System.nanoTime() - start < LIMIT_OF_UNASKED.toNanos()) {
            request.action(ActionCode.AVAILABLE, true);
            if (request.getAvailable() > 0) {
                return true;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
        }
        return false;
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
