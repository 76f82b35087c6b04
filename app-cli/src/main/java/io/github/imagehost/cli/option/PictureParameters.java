package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The pictures that a command is about, behind something else that it is about: its first parameter. */
public abstract class PictureParameters {

    @Parameters(
            paramLabel = "PICTURE",
            index = "1..*",
            arity = "1..*",
            description = "Ids, links, last parts of links, SHA-256s or files of pictures.")
    private List<String> texts = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    PictureParameters() {}

    /**
     * The ids of the pictures, each once; standard error tells which ones are not there.
     *
     * @throws ParameterException if nothing can be called so
     * @throws IOException if one is in a file that can't be read
     */
    public List<Long> findIn(PictureHost host, Terminal terminal) throws IOException {
        Map<Long, ImageReference> found = new LinkedHashMap<>();
        for (ImageReference wanted : wanted()) {
            Optional<ImageDetails> image = wanted.findIn(host);
            if (image.isEmpty()) {
                terminal.error("There is no image " + wanted);
            }
            image.ifPresent(one -> found.put(one.id(), wanted));
        }
        return List.copyOf(found.keySet());
    }

    /** How many are named, each once. */
    public int count() {
        return (int) texts.stream().distinct().count();
    }

    private List<ImageReference> wanted() {
        List<ImageReference> wanted = new ArrayList<>();
        for (String text : texts) {
            try {
                wanted.add(ImageReference.parse(text));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
        return wanted;
    }
}
