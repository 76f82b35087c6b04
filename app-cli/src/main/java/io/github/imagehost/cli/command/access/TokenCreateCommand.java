package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.converter.NetworkConverter;
import io.github.imagehost.cli.converter.OriginConverter;
import io.github.imagehost.cli.converter.ScopesConverter;
import io.github.imagehost.cli.converter.time.LifeConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.view.TokenDetails;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token, and prints it and nothing else on standard output, so that scripts can take it from there. */
@Command(
        name = "create",
        description = {
            "Make a token by which a program acts for an owner, and print it.",
            "",
            "It is shown only now: nobody can find out later what it was. Standard error tells what it is good for."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost token create laptop",
            "  imagehost token create backup --owner alice --scopes read --expires 30d",
            "  TOKEN=$(imagehost token create blog --scopes upload,read,delete)",
            "  imagehost token create comments --origin https://blog.example.com",
            "  imagehost token create ci --network 10.0.0.0/8 --network fd00::/8"
        })
final class TokenCreateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            description = "What to call the token, for instance after the program that gets it: 1 to "
                    + AccessToken.LONGEST_NAME + " characters.")
    private String name = "";

    @Option(
            names = "--scopes",
            paramLabel = "SCOPES",
            converter = ScopesConverter.class,
            completionCandidates = ScopesConverter.class,
            description =
                    "What the token is good for, with commas between: ${COMPLETION-CANDIDATES}; upload otherwise. It"
                            + " never allows more than its owner's role.")
    private Optional<Set<Scope>> scopes = Optional.empty();

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            converter = OriginConverter.class,
            description = "Let the token be good only for pages of this origin, as browsers send it, such as"
                    + " https://blog.example.com; may be repeated. With no scope but upload, such a token may be read by"
                    + " everybody.")
    private Set<Origin> origins = new HashSet<>();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            converter = NetworkConverter.class,
            description =
                    "Let the token be good only for clients of this network, such as 10.0.0.0/8; may be repeated.")
    private Set<Network> networks = new HashSet<>();

    @ArgGroup
    private Life life = new Life();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How long it is good for. */
    static final class Life {

        @Option(
                names = "--expires",
                paramLabel = "SPAN",
                converter = LifeConverter.class,
                description = "How long the token is good for, such as 12h or 30d; 365d otherwise.")
        private Duration span = TokenRequest.DEFAULT_LIFE;

        @Option(names = "--never", description = "Let the token be good until it is revoked.")
        private boolean never;
    }

    TokenCreateCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            IssuedToken issued = session.tokens().issue(request(owner.in(session)));
            session.note(Acts.tokenCreated(issued.token()));
            TokenDetails details = TokenDetails.of(issued.token());
            if (options.json()) {
                terminal.print(Json.write(CreatedToken.of(issued.secret().reveal(), details)));
            } else {
                terminal.print(issued.secret().reveal());
                terminal.note("Token " + details.id() + ", '" + details.name() + "', is good for "
                        + String.join(", ", details.scopes()) + bounds(details) + " until "
                        + (details.expiresAt() == null ? "" : details.expiresAt() + " or until ")
                        + "it is revoked. It is shown only now.");
            }
        }
        return ExitCode.OK.value();
    }

    private static String bounds(TokenDetails details) {
        return bounds(" from pages of ", details.origins()) + bounds(" from clients in ", details.networks());
    }

    private static String bounds(String words, @Nullable List<String> bounds) {
        return bounds == null ? "" : words + String.join(", ", bounds);
    }

    private TokenRequest request(OwnerId ownerId) {
        try {
            return new TokenRequest(
                    ownerId,
                    name,
                    scopes.orElse(Set.of(Scope.UPLOAD)),
                    life.never ? Optional.empty() : Optional.of(life.span),
                    new TokenBinding(origins, networks));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * What is printed as JSON: what the service answers.
     *
     * @param token what its bearer shows; the rest is what is known of it from now on
     */
    record CreatedToken(
            String token,
            long id,
            String name,
            String hint,
            List<String> scopes,
            String createdAt,
            @Nullable String expiresAt,
            @Nullable String lastUsedAt,
            @Nullable String revokedAt,
            @Nullable List<String> origins,
            @Nullable List<String> networks) {

        static CreatedToken of(String token, TokenDetails details) {
            return new CreatedToken(
                    token,
                    details.id(),
                    details.name(),
                    details.hint(),
                    details.scopes(),
                    details.createdAt(),
                    details.expiresAt(),
                    details.lastUsedAt(),
                    details.revokedAt(),
                    details.origins(),
                    details.networks());
        }
    }
}
