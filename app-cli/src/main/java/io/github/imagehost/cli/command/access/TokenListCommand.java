package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.view.TokenDetails;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tokens of an owner. */
@Command(
        name = "list",
        description = {
            "List the tokens of an owner, those that are good for nothing any more, too.",
            "",
            "A token itself is not shown, only its last characters."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost token list", "  imagehost token list --owner alice"})
final class TokenListCommand implements Callable<Integer> {

    private static final List<String> HEADINGS =
            List.of("ID", "HINT", "STATE", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "FROM", "NAME");

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    private final Terminal terminal;

    TokenListCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            List<AccessToken> tokens = session.tokens().list(owner.in(session));
            if (options.json()) {
                terminal.print(Json.write(
                        new TokensResult(tokens.stream().map(TokenDetails::of).toList())));
            } else if (tokens.isEmpty()) {
                terminal.print("There are no tokens");
            } else {
                print(tokens);
            }
        }
        return ExitCode.OK.value();
    }

    private void print(List<AccessToken> tokens) {
        Instant now = Instant.now();
        TextTable table = new TextTable();
        table.add(HEADINGS);
        for (AccessToken token : tokens) {
            TokenDetails details = TokenDetails.of(token);
            table.add(List.of(
                    String.valueOf(details.id()),
                    "…" + details.hint(),
                    state(token, now),
                    String.join(",", details.scopes()),
                    details.createdAt(),
                    Objects.requireNonNullElse(details.expiresAt(), "never"),
                    Objects.requireNonNullElse(details.lastUsedAt(), "never"),
                    from(details),
                    details.name()));
        }
        table.lines().forEach(terminal::print);
    }

    /** From where it may be used. */
    private static String from(TokenDetails details) {
        String bounds = Stream.of(details.origins(), details.networks())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .collect(Collectors.joining(","));
        return bounds.isEmpty() ? "anywhere" : bounds;
    }

    private static String state(AccessToken token, Instant now) {
        if (token.isRevoked()) {
            return "revoked";
        }
        return token.isExpired(now) ? "expired" : "active";
    }

    /** What is printed as JSON: what the service answers. */
    record TokensResult(List<TokenDetails> tokens) {}
}
