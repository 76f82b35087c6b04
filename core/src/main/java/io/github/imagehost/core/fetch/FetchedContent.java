package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.port.web.WebAnswer;
import java.io.FilterInputStream;
import java.io.IOException;

/** The body of an answer. Closing it ends the connection. For one thread. */
final class FetchedContent extends FilterInputStream {

    private final WebAnswer answer;
    private final Deadline deadline;
    private final Runnable onClose;
    private boolean closed;

    /** @param onClose is run once */
    FetchedContent(WebAnswer answer, Deadline deadline, Runnable onClose) {
        super(answer.body());
        this.answer = answer;
        this.deadline = deadline;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw deadline.problemOf(e, Reason.BROKEN);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw deadline.problemOf(e, Reason.BROKEN);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                answer.close();
            } finally {
                onClose.run();
            }
        }
    }
}
