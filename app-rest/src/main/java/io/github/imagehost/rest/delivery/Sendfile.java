package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.model.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import org.apache.catalina.Globals;

/**
 * Leaves it to Tomcat to send a file, once the request was handled: what the socket does not take at once is sent by
 * the one thread that watches all connections, so that no client holds a thread of its own for as long as it reads. See
 * https://tomcat.apache.org/tomcat-11.0-doc/aio.html.
 */
final class Sendfile {

    private Sendfile() {}

    /**
     * Whether that can be done for this request, and is worth it: over TLS the bytes have to be read and encrypted all
     * the same, for all clients on that one thread.
     */
    static boolean isOfferedFor(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(Globals.SENDFILE_SUPPORTED_ATTR)) && !request.isSecure();
    }

    /**
     * Has the bytes sent behind the header of the answer, which has to tell their number. Tomcat opens the file only
     * then: if it is gone by that time, the connection is broken off.
     */
    static void leave(HttpServletRequest request, Path file, ByteRange range) {
        request.setAttribute(Globals.SENDFILE_FILENAME_ATTR, file.toString());
        request.setAttribute(Globals.SENDFILE_FILE_START_ATTR, range.offset());
        request.setAttribute(Globals.SENDFILE_FILE_END_ATTR, range.offset() + range.length());
    }
}
