package io.github.imagehost.rest.error;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Answers in the envelope for requests that Tomcat refuses before anybody else sees them, such as malformed ones. */
@Component
public class ErrorEnvelopeValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ErrorEnvelopeValve.class);

    private final ErrorResponses errors;

    ErrorEnvelopeValve(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        boolean alreadyAnswered = response.getContentWritten() > 0 || !response.setErrorReported();
        if (status < HttpStatus.BAD_REQUEST.value() || alreadyAnswered) {
            return;
        }
        try {
            errors.write(request, response.getResponse(), status);
        } catch (IOException e) {
            log.debug("A client left before it was told of its error", e);
        }
    }
}
