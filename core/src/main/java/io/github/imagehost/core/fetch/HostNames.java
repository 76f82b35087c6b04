package io.github.imagehost.core.fetch;

import java.util.regex.Pattern;

/** Names of hosts as the domain name system has them: none that some program takes for an address. */
final class HostNames {

    private static final int LONGEST = 253;

    /** With the underscore, which some have although it is not legal. */
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";

    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL);

    /** The last part of 127.1, 0177.0.0.1, 2130706433 and 0x7f000001, which are all 127.0.0.1 to some. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private HostNames() {}

    /** @param name in lower case */
    static boolean areLegal(String name) {
        return name.length() <= LONGEST
                && NAME.matcher(name).matches()
                && !ENDS_IN_A_NUMBER.matcher(name).matches();
    }
}
