package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.converter.AuditActionConverter;
import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.converter.time.PastConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.view.AuditEventDetails;
import io.github.imagehost.core.view.AuditPageDetails;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists what was done, a page at a time. */
@Command(
        name = "audit",
        description = {
            "List who did what, newest first: logins, tokens, owners, deletions, and commands that change something.",
            "",
            "Events are kept for AUDIT_KEEP, which is 90 days unless it is set. Uploads are among them only where"
                    + " AUDIT_UPLOADS is true."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost audit --since 7d",
            "  imagehost audit --owner alice --action images_deleted",
            "  imagehost audit --json"
        })
final class AuditCommand implements Callable<Integer> {

    private static final List<String> HEADINGS =
            List.of("TIME", "ACTOR", "CLIENT", "ACTION", "OUTCOME", "OWNER", "DETAIL");

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PastConverter.class,
            description = "Only what happened then or later: " + PastConverter.LEGAL + ".")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = PastConverter.class,
            description = "Only what happened before that.")
    private Optional<Instant> until = Optional.empty();

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            converter = OwnerNameConverter.class,
            description = "Only what this owner did, or what is about it.")
    private Optional<OwnerName> owner = Optional.empty();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            converter = AuditActionConverter.class,
            completionCandidates = AuditActionConverter.class,
            description = "Only this: ${COMPLETION-CANDIDATES}.")
    private Optional<AuditAction> action = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many events a page has, 1 to " + AuditQuery.MAX_LIMIT + "; " + AuditQuery.DEFAULT_LIMIT
                    + " otherwise.")
    private Integer limit = AuditQuery.DEFAULT_LIMIT;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Continue where another page ended.")
    private Optional<String> cursor = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AuditCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            AuditPageDetails page = AuditPageDetails.of(session.audit().find(query(session)));
            if (options.json()) {
                terminal.print(Json.write(page));
            } else {
                print(page, session);
            }
        }
        return ExitCode.OK.value();
    }

    private AuditQuery query(HostSession session) {
        try {
            return new AuditQuery(
                    since,
                    until,
                    owner.map(name -> OwnerOption.find(name, session.owners()).id()),
                    action,
                    cursor.map(AuditCursor::decode),
                    limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(AuditPageDetails page, HostSession session) {
        if (page.events().isEmpty()) {
            terminal.print("There are no events");
            return;
        }
        Map<Long, String> names = session.owners().list().stream()
                .collect(Collectors.toMap(
                        known -> known.id().value(), known -> known.name().value()));
        TextTable table = new TextTable();
        table.add(HEADINGS);
        for (AuditEventDetails event : page.events()) {
            table.add(List.of(
                    event.time(),
                    actor(event, names),
                    Objects.requireNonNullElse(event.client(), "-"),
                    event.action(),
                    event.outcome(),
                    name(event.ownerId(), names),
                    // names of files come from anywhere
                    Terminal.oneLine((event.target() + " " + event.detail()).strip())));
        }
        table.lines().forEach(terminal::print);
        if (page.nextCursor() != null) {
            terminal.print("");
            terminal.print("Next page: --cursor " + page.nextCursor());
        }
    }

    private static String actor(AuditEventDetails event, Map<Long, String> names) {
        String kind = event.tokenId() == null ? event.actor() : event.actor() + " " + event.tokenId();
        return event.actorId() == null ? kind : name(event.actorId(), names) + " by " + kind;
    }

    private static String name(@Nullable Long id, Map<Long, String> names) {
        return id == null ? "-" : names.getOrDefault(id, String.valueOf(id));
    }
}
