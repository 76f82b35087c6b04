package io.github.imagehost.cli.terminal;

import java.util.Optional;

/** Which program this is. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /** What the packaged program says of itself. */
    public static String text() {
        return "imagehost "
                + Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)");
    }
}
