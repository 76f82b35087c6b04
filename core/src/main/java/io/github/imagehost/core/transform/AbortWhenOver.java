package io.github.imagehost.core.transform;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Stops a reader when its time is over. Readers ask from time to time, on the thread on which they work. */
final class AbortWhenOver implements IIOReadProgressListener {

    private final TimeLimit limit;
    private boolean wasAborted;

    AbortWhenOver(TimeLimit limit) {
        this.limit = limit;
    }

    @Override
    public void imageProgress(ImageReader reader, float percentageDone) {
        if (!limit.isOver()) {
            return;
        }
        if (wasAborted) {
            // it does not look whether it is to end
            throw limit.exceeded();
        }
        wasAborted = true;
        reader.abort();
    }

    @Override
    public void imageStarted(ImageReader reader, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}

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
}
