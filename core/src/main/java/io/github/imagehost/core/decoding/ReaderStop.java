package io.github.imagehost.core.decoding;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * Stops a reader of ImageIO when it is told to. Readers ask from time to time, on the thread on which they read. For
 * one reader.
 */
public final class ReaderStop implements IIOReadProgressListener {

    private final StopSignal signal;
    private boolean wasAborted;

    public ReaderStop(StopSignal signal) {
        this.signal = signal;
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
