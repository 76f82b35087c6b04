package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.terminal.Terminal;

/**
 * How somebody sends a secret to a service: as what he types, which neither his shell nor the list of processes keeps.
 */
final class TypedRequest {

    private TypedRequest() {}

    /**
     * Tells how, on standard error.
     *
     * @param address where it is sent
     * @param body what is sent, as one line
     */
    static void explain(Terminal terminal, String address, String body) {
        terminal.note(
                "Start this, type what stands below it, and press Enter and Ctrl-D, so that no shell remembers it:");
        terminal.note("curl -c cookies -d @- " + address);
        terminal.note(body);
    }
}
