package io.github.imagehost.rest.error;

import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.settings.Protocol;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses how a client is told of an error: as its protocol says, or else in the {@link Envelope}. */
@Component
final class ErrorFormats {

    private final Map<Protocol, ErrorFormat> formats;

    ErrorFormats(List<ErrorFormat> formats) {
        this.formats = formats.stream().collect(Collectors.toMap(ErrorFormat::protocol, Function.identity()));
    }

    /**
     * What is answered.
     *
     * @param status that it is answered with in the envelope
     * @param data of the envelope
     */
    ErrorFormat.Told tell(
            HttpServletRequest request, ApiError error, int status, String message, @Nullable Object data) {
        RequestPath path = RequestPath.of(request);
        return path.protocol()
                .flatMap(protocol -> Optional.ofNullable(formats.get(protocol)))
                .map(format -> format.tell(path, error, status, message))
                .orElseGet(() ->
                        new ErrorFormat.Told(status, Envelope.error(RequestRecord.of(request), error, message, data)));
    }
}
