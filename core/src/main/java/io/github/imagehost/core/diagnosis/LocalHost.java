package io.github.imagehost.core.diagnosis;

import java.util.regex.Pattern;

/** Whether what is sent to a host leaves this machine. */
public final class LocalHost {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.*\\.localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

    private LocalHost() {}

    /** Whether this name or address, with or without brackets, means this machine itself. Asks nobody. */
    public static boolean is(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
