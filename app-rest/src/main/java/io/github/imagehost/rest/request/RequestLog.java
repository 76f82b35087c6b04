package io.github.imagehost.rest.request;

import com.google.common.base.Throwables;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Begins the {@link RequestRecord} of each request, puts its id on every line that is logged meanwhile, and in the end
 * logs once what the administrator has to know of it: each answer that says that the service is at fault, and each
 * failure of something that it needs. Comes before everything else that has a part in the answer.
 */
@Component
public class RequestLog extends ValveBase {

    /** What the id is called beside a line of the log. */
    private static final String ID = "requestId";

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RequestRecord record = RequestRecord.begin(request);
        MDC.put(ID, record.id());
        try {
            getNext().invoke(request, response);
        } finally {
            record.end(response.getStatus());
            try {
                tell(request, response, record);
            } finally {
                MDC.remove(ID);
            }
        }
    }

    /** An executor whose threads log with the id of the request for which they do something. */
    public static Executor withRequestId(Executor executor) {
        return work -> {
            @Nullable String id = MDC.get(ID);
            executor.execute(() -> {
                @Nullable String before = MDC.get(ID);
                set(id);
                try {
                    work.run();
                } finally {
                    set(before);
                }
            });
        };
    }

    private static void set(@Nullable String id) {
        if (id == null) {
            MDC.remove(ID);
        } else {
            MDC.put(ID, id);
        }
    }

    private static void tell(Request request, Response response, RequestRecord record) {
        // what broke off after it was judged is worse than it was judged
        int status = Math.max(record.status(), record.errorStatus().orElse(0));
        boolean isFault = status >= HttpStatus.INTERNAL_SERVER_ERROR.value();
        boolean isRefused = !isFault
                && (status >= HttpStatus.BAD_REQUEST.value() || record.error().isPresent());
        Optional<Throwable> defect =
                record.defect().or(() -> isRefused ? Optional.empty() : uncaught(request, response));
        if (!isFault && defect.isEmpty() && record.failures().isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder()
                .append(Route.of(request))
                .append(" was answered with ")
                .append(record.status());
        record.error().ifPresent(code -> line.append(' ').append(code));
        record.failures().keySet().forEach(failure -> line.append("; ").append(failure));
        if (defect.isPresent()) {
            log.error("{}", line, defect.get());
        } else if (status == HttpStatus.INSUFFICIENT_STORAGE.value()) {
            log.error("{}", line);
        } else {
            log.warn("{}", line);
        }
    }

    /** What came as far as the server, for instance because the answer was under way; not that a client has left. */
    private static Optional<Throwable> uncaught(Request request, Response response) {
        Object exception = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return exception instanceof Throwable thrown && !isOfAnswer(thrown, response) && !isOfConnection(thrown)
                ? Optional.of(thrown)
                : Optional.empty();
    }

    /** Whether it is, or is the reason, why no more of the answer could be sent. */
    private static boolean isOfAnswer(Throwable thrown, Response response) {
        Exception failure = response.getCoyoteResponse().getErrorException();
        return failure != null && Throwables.getCausalChain(failure).contains(thrown);
    }

    private static boolean isOfConnection(Throwable thrown) {
        return Throwables.getCausalChain(thrown).stream()
                .anyMatch(cause -> cause instanceof BadRequestException || cause instanceof CloseNowException);
    }
}
