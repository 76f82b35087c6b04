package io.github.imagehost.cli.command;

import io.github.imagehost.cli.converter.OriginConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.remote.ServerSettings;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.client.Connection;
import io.github.imagehost.core.client.UploadClient;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.settings.Settings;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the settings of a program that uploads pictures, and nothing else on standard output. */
@Command(
        name = "client",
        description = {
            "Print the settings by which a program such as ShareX, PicGo or Typora uploads to this service.",
            "",
            "Without a name, list the programs. Standard error tells what to do with the settings."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost client",
            "  imagehost client sharex --new-token > imagehost.sxcu",
            "  imagehost client typora --new-token --owner alice > imagehost-upload.sh",
            "  imagehost client waline --new-token --owner comments --origin https://blog.example.com"
        })
final class ClientCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            completionCandidates = ClientNames.class,
            description = "Which program: ${COMPLETION-CANDIDATES}.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--new-token",
            description =
                    "Make a token for the program, called after it, which may only upload and is good for 365 days;"
                            + " otherwise a placeholder stands for it.")
    private boolean newToken;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            converter = OriginConverter.class,
            description =
                    "Let the new token be good only for pages of this origin, such as https://blog.example.com; may"
                            + " be repeated. Waline needs it: everybody who sees the page can read its token.")
    private Set<Origin> origins = new HashSet<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ClientCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name.isEmpty()) {
            list();
        } else {
            print(UploadClient.find(name.get())
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "There are no settings of '" + name.get() + "'; legal are " + UploadClient.labels())));
        }
        return ExitCode.OK.value();
    }

    private void list() {
        List<ListedClient> clients = Arrays.stream(UploadClient.values())
                .map(client -> new ListedClient(client.label(), client.title(), client.fileName()))
                .toList();
        if (options.json()) {
            terminal.print(Json.write(new ListedClients(clients)));
            return;
        }
        TextTable table = new TextTable();
        table.add(List.of("NAME", "FILE", "PROGRAM"));
        clients.forEach(client -> table.add(List.of(client.name(), client.filename(), client.title())));
        table.lines().forEach(terminal::print);
    }

    private void print(UploadClient client) {
        if (newToken && client.isPublic() && origins.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Everybody can read the token of " + client.title()
                            + ": say for pages of which origin it is good, by --origin https://blog.example.com");
        }
        Optional<String> token = newToken ? Optional.of(issueToken(client)) : Optional.empty();
        Settings present = options.settings();
        URI server = present.webAddress(ServerSettings.SERVER).orElseGet(() -> ImageLinks.publicUrl(present));
        String settings = client.settings(new Connection(server, token, language()));
        if (options.json()) {
            terminal.print(Json.write(new PrintedClient(client.label(), client.title(), client.fileName(), settings)));
            return;
        }
        terminal.print(settings.stripTrailing());
        terminal.note("Save it as " + client.fileName() + ". " + client.firstStep());
        if (token.isEmpty()) {
            terminal.note("Put a token in place of " + Connection.PLACEHOLDER + ", or let --new-token make one.");
        }
    }

    private static Connection.Language language() {
        return Locale.getDefault().getLanguage().equals(Locale.CHINESE.getLanguage())
                ? Connection.Language.CHINESE
                : Connection.Language.ENGLISH;
    }

    private String issueToken(UploadClient client) {
        try (HostSession session = options.session()) {
            IssuedToken issued = session.tokens()
                    .issue(new TokenRequest(
                            owner.in(session),
                            client.title(),
                            Set.of(Scope.UPLOAD),
                            Optional.of(TokenRequest.DEFAULT_LIFE),
                            new TokenBinding(origins, Set.of())));
            session.note(Acts.tokenCreated(issued.token()));
            return issued.secret().reveal();
        }
    }

    /** The names that the shell completes. */
    static final class ClientNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(UploadClient.values()).map(UploadClient::label).iterator();
        }
    }

    private record ListedClients(List<ListedClient> clients) {}

    private record ListedClient(String name, String title, String filename) {}

    /**
     * What is printed as JSON.
     *
     * @param settings the text of the file
     */
    private record PrintedClient(String name, String title, String filename, String settings) {}
}
