package io.github.imagehost.core.testing;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.intake.Intake;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.spool.SpooledContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Both halves of an intake at once, for those who don't care about the digest in between. */
public final class TestIntake {

    private TestIntake() {}

    /**
     * Spools a file and looks at it.
     *
     * @return what was received; whoever asked for it closes it. Of a file that is refused, nothing is left
     */
    public static ReceivedImage receive(Intake intake, String originalName, byte[] file) throws IOException {
        SpooledContent content = intake.spool(new ByteArrayInputStream(file), Long.MAX_VALUE);
        try {
            return intake.inspect(originalName, content, Requester.PATIENT);
        } catch (RuntimeException | Error e) {
            content.close();
            throw e;
        }
    }
}
