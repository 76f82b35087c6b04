package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one picture that a command is about. */
public final class PictureParameter {

    @Parameters(
            paramLabel = "PICTURE",
            description = {
                "The picture's id, its link, the last part of its link, its SHA-256, or a file: is this picture here?"
            })
    private String text = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * The picture, which standard error tells if it is not there.
     *
     * @return empty if it is not
     * @throws ParameterException if nothing can be called so
     * @throws IOException if it is the one in a file, which can't be read
     */
    public Optional<ImageDetails> findIn(PictureHost host, Terminal terminal) throws IOException {
        ImageReference wanted = wanted();
        Optional<ImageDetails> found = wanted.findIn(host);
        if (found.isEmpty()) {
            terminal.error("There is no image " + wanted);
        }
        return found;
    }

    private ImageReference wanted() {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
