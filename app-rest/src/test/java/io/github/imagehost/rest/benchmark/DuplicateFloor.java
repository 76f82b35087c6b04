package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.Digest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * The least that receiving a picture can cost, as a process of its own: a servlet on the Tomcat that the service has,
 * which reads the same multipart request by the same streaming parser, hashes the file and answers its digest. Nothing
 * is kept.
 */
final class DuplicateFloor {

    private static final String ANSWER = "\"digest\":";

    private static final String LOOPBACK = "127.0.0.1";

    private DuplicateFloor() {}

    /** How requests are made to the one that is there. */
    static Target target(URI base) {
        return new Target(base, "", ANSWER, ANSWER, 1);
    }

    /**
     * Prints its port as one line, and ends when its standard input does.
     *
     * @param arguments a directory of its own
     */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", LOOPBACK);
        Context context =
                tomcat.addContext("", Path.of(arguments[0]).toAbsolutePath().toString());
        Tomcat.addServlet(context, "hashing", new HashingServlet()).addMapping("/api/upload");
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class HashingServlet extends HttpServlet {

        private static final long serialVersionUID = 1;
        private static final int BUFFER = 16 * 1024;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            MessageDigest sha256 = Digest.sha256();
            byte[] buffer = new byte[BUFFER];
            try {
                MimeTokenStream tokens = new MimeTokenStream();
                tokens.parseHeadless(request.getInputStream(), request.getContentType());
                while (tokens.next() != EntityState.T_END_OF_STREAM) {
                    if (tokens.getState() == EntityState.T_BODY) {
                        InputStream file = tokens.getInputStream();
                        for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                            sha256.update(buffer, 0, count);
                        }
                    }
                }
            } catch (MimeException e) {
                throw new IOException(e);
            }
            byte[] body = ("{\"success\":true," + ANSWER + "\"" + HexFormat.of().formatHex(sha256.digest()) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
