package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Makes the commands that say who gets in, and tell who did what. */
public final class AccessCommands {

    private AccessCommands() {}

    /** {@code token}, with the commands below it. */
    public static Object token(Supplier<CommonOptions> options, Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(options.get(), terminal))
                .addSubcommand(new TokenListCommand(options.get(), terminal))
                .addSubcommand(new TokenRevokeCommand(options.get(), terminal));
    }

    /** {@code invite}, with the commands below it. */
    public static Object invite(Supplier<CommonOptions> options, Terminal terminal) {
        return new CommandLine(new InviteCommand())
                .addSubcommand(new InviteCreateCommand(options.get(), terminal))
                .addSubcommand(new InviteListCommand(options.get(), terminal))
                .addSubcommand(new InviteRevokeCommand(options.get(), terminal));
    }

    /** {@code login-link}. */
    public static Object loginLink(CommonOptions options, Terminal terminal) {
        return new LoginLinkCommand(options, terminal);
    }

    /** {@code audit}. */
    public static Object audit(CommonOptions options, Terminal terminal) {
        return new AuditCommand(options, terminal);
    }
}
