package io.github.imagehost.rest.body;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Repr-Digest} (RFC 9530): a dictionary of algorithms and digests (RFC 9651), of which SHA-256
 * counts.
 */
public final class ReprDigest {

    /** The name of the field. */
    public static final String HEADER = "Repr-Digest";

    private static final String SHA_256 = "sha-256";
    private static final String KEY = "[a-z*][a-z0-9_.*-]*+";
    private static final String PARAMETER = "; *+" + KEY + "(?:=(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\",; ]++))?+";
    private static final String BEFORE_THE_NEXT_OR_AT_THE_END = "(?:[ \\t]*+,[ \\t]*+(?=[a-z*])|\\z)";
    private static final Pattern MEMBER = Pattern.compile("(?<algorithm>" + KEY + ")=:(?<digest>[A-Za-z0-9+/=]*+):(?:"
            + PARAMETER + ")*+" + BEFORE_THE_NEXT_OR_AT_THE_END);

    private ReprDigest() {}

    /**
     * The SHA-256 that a client announces; empty if it announces none.
     *
     * @throws ApiException if the header is malformed
     */
    public static Optional<Digest> sha256(HttpServletRequest request) {
        String field = String.join(", ", Collections.list(request.getHeaders(HEADER)));
        Matcher member = MEMBER.matcher(field);
        Optional<Digest> sha256 = Optional.empty();
        int end = 0;
        while (end < field.length()) {
            if (!member.region(end, field.length()).lookingAt()) {
                throw malformed();
            }
            if (member.group("algorithm").equals(SHA_256)) {
                sha256 = Optional.of(parse(member.group("digest")));
            }
            end = member.end();
        }
        return sha256;
    }

    /** The header's value for a digest. */
    public static String of(Digest digest) {
        return SHA_256 + "=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":";
    }

    private static Digest parse(String base64) {
        try {
            return Digest.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static ApiException malformed() {
        return ApiException.illegalParameter(HEADER, "legal.repr_digest");
    }
}
