package io.github.imagehost.core.intake;

import io.github.imagehost.core.decoding.StopSignal;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Looks at a reader while it reads, on the thread on which it does. For one thread. */
final class ProgressWatch implements IIOReadProgressListener {

    private final StopSignal signal;
    private boolean wasAborted;
    private boolean isIncomplete;

    ProgressWatch(StopSignal signal) {
        this.signal = signal;
    }

    /** Begins to look at a reader. */
    void watch(ImageReader reader) {
        reader.addIIOReadProgressListener(this);
        reader.addIIOReadWarningListener(this::warningOccurred);
    }

    /** Whether pixels are missing. */
    boolean isIncomplete() {
        return isIncomplete;
    }

    /** Of libjpeg's warnings, this one means that pixels were made up; the texts are not translated. */
    private void warningOccurred(ImageReader reader, String warning) {
        if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            isIncomplete = true;
            reader.abort();
        }
    }

    private void stopIfTold(ImageReader reader) {
        if (!signal.isStopped()) {
            return;
        }
        if (wasAborted) {
            // it does not look whether it is to end
            signal.check();
        }
        wasAborted = true;
        reader.abort();
    }

    @Override
    public void imageProgress(ImageReader reader, float percentageDone) {
        stopIfTold(reader);
    }

    @Override
    public void imageStarted(ImageReader reader, int imageIndex) {
        stopIfTold(reader);
    }

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void sequenceStarted(ImageReader reader, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}
}
