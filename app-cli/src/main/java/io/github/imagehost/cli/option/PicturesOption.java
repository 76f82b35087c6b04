package io.github.imagehost.cli.option;

import io.github.imagehost.cli.remote.RemotePictures;
import io.github.imagehost.cli.remote.ServerSettings;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.LocalPictures;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose pictures a command is about, and where they are. */
public final class PicturesOption {

    private static final String SERVER = "--server";

    private final List<Duration> pauses;

    @Option(
            names = SERVER,
            paramLabel = "URL",
            description = "Work on the pictures of the service with this address, over HTTP, instead of those that the"
                    + " settings lead to; IMAGEHOST_SERVER otherwise. IMAGEHOST_TOKEN or the file IMAGEHOST_TOKEN_FILE"
                    + " holds the token.")
    private Optional<String> server = Optional.empty();

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    public PicturesOption(List<Duration> pauses) {
        this.pauses = pauses;
    }

    /**
     * The pictures.
     *
     * @return is closed by the caller
     * @throws ParameterException if the address is not legal, or an owner is named who is not asked for
     * @throws SettingsException if a setting is wrong
     */
    public PictureHost open(CommonOptions options) {
        Settings settings = options.settings();
        Optional<ServerSettings> service = server.isPresent()
                ? Optional.of(ServerSettings.at(address(server.get()), settings))
                : ServerSettings.from(settings);
        if (service.isEmpty()) {
            return local(new HostSession(settings));
        }
        if (owner.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "--owner is for this machine: to a service, the token tells who its owner is");
        }
        return new RemotePictures(service.get(), pauses);
    }

    private PictureHost local(HostSession session) {
        try {
            return new LocalPictures(session, owner.in(session));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Whether only one owner's pictures count, where a command is about everything otherwise. */
    public boolean isAboutOneOwner(CommonOptions options) {
        return owner.isGiven() || server.isPresent() || options.settings().has(ServerSettings.SERVER);
    }

    private URI address(String text) {
        try {
            return Settings.of(Map.of(SERVER, text))
                    .webAddress(SERVER)
                    .orElseThrow(() -> new SettingsException(SERVER + " is empty"));
        } catch (SettingsException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
