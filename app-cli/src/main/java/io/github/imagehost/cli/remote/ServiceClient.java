package io.github.imagehost.cli.remote;

import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.ServiceException;
import io.github.imagehost.cli.terminal.ServiceUnavailableException;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Sends requests to a service, and says what went wrong in the words of a command. Safe for use by many threads. */
final class ServiceClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** Why a service lets nobody in, whatever it is asked for. */
    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "login_required",
            "token_invalid",
            "token_expired",
            "forwarded_request_refused",
            "owner_suspended",
            "scope_missing",
            "forbidden",
            "host_refused");

    private final ServerSettings server;
    private final HttpClient http;
    private volatile boolean letIn;

    ServiceClient(ServerSettings server) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                // the token is for nobody else
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Whether the service has ever done something, or failed to for a reason that may be that of one request alone. */
    boolean isLetIn() {
        return letIn;
    }

    /**
     * A request, without its method.
     *
     * @param path with its query, beginning with a slash
     */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).header("Accept-Language", "en");
        server.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    /**
     * Sends a request.
     *
     * @param limit until the whole answer is there
     * @return what was asked for
     * @throws ServiceUnavailableException if the service is away or busy
     * @throws SettingsException if there is no such service, or it does not let the command in
     * @throws ServiceException if it refuses what it is asked for
     */
    <T> T data(HttpRequest request, Duration limit, Class<T> type) {
        return data(exchange(request, limit), type);
    }

    /**
     * Does the same, but takes some refusals for an answer.
     *
     * @param absent their codes
     * @return empty if it was refused with one of these codes
     */
    <T> Optional<T> data(HttpRequest request, Duration limit, Class<T> type, Set<String> absent) {
        Answer answer = exchange(request, limit);
        return absent.contains(answer.code()) ? Optional.empty() : Optional.of(data(answer, type));
    }

    /**
     * Sends a request for something that has no answer but that it is done.
     *
     * @param absent codes of refusals that mean that there was nothing to do
     * @return whether it was done
     */
    boolean isDone(HttpRequest request, Duration limit, Set<String> absent) {
        Answer answer = exchange(request, limit);
        if (absent.contains(answer.code())) {
            return false;
        }
        requireSuccess(answer);
        return true;
    }

    private void requireSuccess(Answer answer) {
        if (!answer.isSuccess()) {
            throw failure(answer);
        }
        letIn = true;
    }

    private <T> T data(Answer answer, Class<T> type) {
        requireSuccess(answer);
        return answer.data(type)
                .orElseThrow(() -> new SettingsException(
                        server.address() + " answers what this command does not understand; is it an older version?"));
    }

    private Answer exchange(HttpRequest request, Duration limit) {
        CompletableFuture<HttpResponse<InputStream>> response = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return response.thenApplyAsync(ServiceClient::read).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ServiceUnavailableException.notAnswered(
                    server.address() + " has not answered within " + limit.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceUnavailableException.notAnswered("Interrupted while " + server.address() + " was asked", e);
        } finally {
            response.cancel(true);
        }
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try {
            return Answer.read(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof SSLException) {
            return new SettingsException(
                    "The TLS connection to " + server.address() + " can't be trusted or made: " + cause.getMessage(),
                    cause);
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return ServiceUnavailableException.notReached(server.address() + " can't be reached", cause);
        }
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            return ServiceUnavailableException.notAnswered("The connection to " + server.address() + " broke", cause);
        }
        letIn = true;
        return new IllegalStateException("A request to " + server.address() + " failed", cause);
    }

    private RuntimeException failure(Answer answer) {
        int status = answer.status();
        if (answer.location().isPresent() && status / 100 == 3) {
            return new SettingsException(server.address() + " leads to "
                    + answer.location().get() + "; if that is a service, name it instead");
        }
        if (answer.envelope().isEmpty()) {
            return failureOfStranger(status, answer.retryAfter());
        }
        if (CREDENTIAL_CODES.contains(answer.code()) || status == 401 || status == 421) {
            return new SettingsException(server.address() + " refuses this: " + answer.message() + hint(answer.code()));
        }
        if (status == 408 || status == 429 || status == 503 || status == 507) {
            String message = answer.message() + later(answer.retryAfter());
            return ServiceUnavailableException.busy(answer.code(), message, answer.retryAfter());
        }
        letIn = true;
        return status >= 500
                ? new ServiceException(ExitCode.INTERNAL, answer.code(), server.address() + ": " + answer.message())
                : new ServiceException(ExitCode.NOT_DONE, answer.code(), answer.message());
    }

    /** It may be a proxy that answers for a service, or no service at all. */
    private RuntimeException failureOfStranger(int status, Duration retryAfter) {
        String answers = server.address() + " answers with HTTP status " + status;
        if (status == 502 || status == 504) {
            return ServiceUnavailableException.notAnswered(answers, null);
        }
        if (status == 503 || status == 429) {
            return ServiceUnavailableException.busy("service_unavailable", answers + later(retryAfter), retryAfter);
        }
        if (status == 413) {
            letIn = true;
            return new ServiceException(
                    ExitCode.NOT_DONE, "request_too_large", answers + ": it takes nothing of this size");
        }
        return new SettingsException(answers + ", but not as an imagehost does; the address of a service is such as"
                + " https://images.example.com");
    }

    private static String hint(String code) {
        return switch (code) {
            case "login_required" -> "; set IMAGEHOST_TOKEN, or IMAGEHOST_TOKEN_FILE, to a token of this service";
            case "token_invalid", "token_expired" -> "; IMAGEHOST_TOKEN or IMAGEHOST_TOKEN_FILE has to be another one";
            default -> "";
        };
    }

    private static String later(Duration retryAfter) {
        return retryAfter.isZero() ? "" : " (again in " + retryAfter.toSeconds() + " seconds)";
    }
}
