package io.github.imagehost.rest.access;

import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.port.access.PasswordHasher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id (RFC 9106) with two passes and one lane: with 19 MiB it is what OWASP recommends at least, see
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, and some 30 ms of a processor.
 */
public final class Argon2PasswordHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int PASSES = 2;

    /** The numbers have so few digits that no hash makes anybody work for ever. */
    private static final Pattern KNOWN =
            Pattern.compile("\\$argon2id\\$v=19\\$m=\\d{1,6},t=\\d,p=\\d\\$[A-Za-z0-9+/]{8,}\\$[A-Za-z0-9+/]{16,}");

    private final Argon2PasswordEncoder argon2;

    /** @param memory of each hash, in KiB; 8 at least */
    public Argon2PasswordHasher(int memory) {
        argon2 = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, memory, PASSES);
    }

    @Override
    public PasswordHash hash(String password) {
        return new PasswordHash(argon2.encode(password));
    }

    @Override
    public boolean verify(String password, PasswordHash hash) {
        if (password.isEmpty() || !isKnown(hash)) {
            // the library would say no at once, and by that tell that there is a hash
            argon2.encode(password);
            return false;
        }
        return argon2.matches(password, hash.value());
    }

    @Override
    public boolean needsRehash(PasswordHash hash) {
        return !isKnown(hash) || argon2.upgradeEncoding(hash.value());
    }

    private static boolean isKnown(PasswordHash hash) {
        return KNOWN.matcher(hash.value()).matches();
    }
}
