package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.settings.TimeSpan;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads which token a client wants: <code>{"name":"phone","scopes":["upload"],"expiresIn":"30d"}</code>. Nobody gets
 * one that is good for more than what it is asked for with, for longer, or from elsewhere.
 */
final class RequestedToken {

    /** What may be said of it. */
    static final List<String> FIELDS = List.of("name", "scopes", "expiresIn", "origins", "networks");

    private static final String NEVER = "never";

    private final JsonFields fields;
    private final Principal sender;
    private final Instant now;

    private RequestedToken(JsonFields fields, Principal sender, Instant now) {
        this.fields = fields;
        this.sender = sender;
        this.now = now;
    }

    /** @throws ApiException if it is not legal, or more than the sender may give away */
    static TokenRequest read(JsonFields fields, Principal sender, Instant now) {
        RequestedToken wanted = new RequestedToken(fields, sender, now);
        Supplier<ApiException> illegalName = () ->
                ApiException.illegalParameter("name", "legal.token_name", String.valueOf(AccessToken.LONGEST_NAME));
        Set<Scope> scopes = wanted.scopes();
        Optional<Duration> life = wanted.life();
        TokenBinding binding = wanted.binding();
        return fields.parse(
                        "name",
                        name -> Optional.of(new TokenRequest(sender.owner(), name, scopes, life, binding)),
                        illegalName)
                .orElseThrow(illegalName);
    }

    private Set<Scope> scopes() {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        JsonNode array = fields.get("scopes");
        if (array != null && array.isArray()) {
            for (JsonNode element : array.values()) {
                scopes.add(Scope.parse(element.isString() ? element.asString() : "")
                        .orElseThrow(RequestedToken::illegalScopes));
            }
        }
        if (scopes.isEmpty()) {
            throw illegalScopes();
        }
        for (Scope scope : scopes) {
            if (!sender.may(scope)) {
                throw new ApiException(ApiError.SCOPE_MISSING, scope.label());
            }
        }
        return scopes;
    }

    private static ApiException illegalScopes() {
        String legal = Arrays.stream(Scope.values()).map(Scope::label).collect(Collectors.joining(", "));
        return ApiException.illegalParameter("scopes", "legal.scopes", legal);
    }

    /** Empty if it is never to end by itself. */
    private Optional<Duration> life() {
        Optional<Instant> latest = sender.token().flatMap(AccessToken::expiresAt);
        Optional<Duration> longest = latest.map(end -> Duration.between(now, end));
        Supplier<ApiException> illegal = () -> ApiException.illegalParameter(
                "expiresIn", "legal.token_life", TimeSpan.describe(TokenRequest.LONGEST_LIFE));
        // empty within, if it is never to end
        Optional<Optional<Duration>> wanted =
                fields.parse("expiresIn", text -> Optional.of(span(text, illegal)), illegal);
        if (wanted.isEmpty()) {
            // ends with the token that asks for it, if that ends sooner
            return Optional.of(TokenRequest.DEFAULT_LIFE);
        }
        Optional<Duration> life = wanted.get();
        if (longest.isPresent() && (life.isEmpty() || life.get().compareTo(longest.get()) > 0)) {
            throw ApiException.illegalParameter(
                    "expiresIn", "legal.token_life_of_token", Timestamps.format(latest.orElseThrow()));
        }
        return life;
    }

    private TokenBinding binding() {
        TokenBinding own = sender.binding();
        TokenBinding origins = new TokenBinding(values("origins", Origin::new, "legal.origins"), Set.of()).orElse(own);
        if (!origins.isWithin(own)) {
            throw notWithin("origins", own.origins());
        }
        TokenBinding both =
                new TokenBinding(origins.origins(), values("networks", Network::parse, "legal.networks")).orElse(own);
        if (!both.isWithin(own)) {
            throw notWithin("networks", own.networks());
        }
        return both;
    }

    /** None if nothing is said of them. */
    private <T> Set<T> values(String field, Function<String, T> parser, String legal) {
        JsonNode array = fields.get(field);
        if (array == null || array.isNull()) {
            return Set.of();
        }
        Supplier<ApiException> illegal =
                () -> ApiException.illegalParameter(field, legal, String.valueOf(TokenBinding.MOST));
        Set<T> values = new HashSet<>();
        for (JsonNode element : array.isArray() ? array.values() : List.<JsonNode>of()) {
            try {
                values.add(parser.apply(element.isString() ? element.asString() : ""));
            } catch (IllegalArgumentException e) {
                throw illegal.get();
            }
        }
        if (values.isEmpty() || values.size() > TokenBinding.MOST) {
            throw illegal.get();
        }
        return values;
    }

    /** Whoever asks may know what his own token is bound to. */
    private static ApiException notWithin(String field, Set<?> own) {
        String legal = own.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        return ApiException.illegalParameter(field, "legal.binding_of_token", legal);
    }

    private static Optional<Duration> span(String text, Supplier<ApiException> illegal) {
        if (text.equals(NEVER)) {
            return Optional.empty();
        }
        return Optional.of(
                TimeSpan.parse(text).filter(TokenRequest::isLegalLife).orElseThrow(illegal));
    }
}
