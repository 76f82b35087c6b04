package io.github.imagehost.mysql.checkup;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.mysql.settings.ServerVariables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one server sees to it that sessions like ours read what was committed on other nodes of its cluster before.
 *
 * @param server where it is
 * @param waits its {@code wsrep_sync_wait}, a sum of bits; empty if it is no node of a Galera cluster
 */
record ClusterReads(String server, Optional<Integer> waits) {

    private static final String VARIABLE = "wsrep_sync_wait";

    /** Before {@code SELECT} and its like, and before {@code UPDATE} and {@code DELETE}. */
    private static final int NEEDED = 1 | 2;

    private static final String VARIABLES =
            "SHOW SESSION VARIABLES WHERE Variable_name IN ('wsrep_on', '" + VARIABLE + "')";

    static ClusterReads of(String server, Connection connection) throws SQLException {
        return of(server, ServerVariables.show(connection, VARIABLES));
    }

    /** @param variables as the server shows them; it knows none of them if it is not made for clusters */
    static ClusterReads of(String server, Map<String, String> variables) {
        boolean isNode = "ON".equals(variables.get("wsrep_on"));
        return new ClusterReads(
                server,
                Optional.ofNullable(variables.get(VARIABLE))
                        .filter(value -> isNode)
                        .map(Integer::parseInt));
    }

    private boolean areLate() {
        return waits.filter(bits -> (bits & NEEDED) != NEEDED).isPresent();
    }

    /** What it means that the servers are like this. */
    static Answer answer(List<ClusterReads> servers) {
        List<ClusterReads> late = servers.stream().filter(ClusterReads::areLate).toList();
        if (!late.isEmpty()) {
            return Outcome.WARNING.answer(
                    late.stream()
                                    .map(node -> node.server() + " has " + VARIABLE + "="
                                            + node.waits().orElseThrow())
                                    .collect(Collectors.joining("; "))
                            + ": for a moment, it answers by what was before others changed it through another node",
                    "As an administrator, on every node: SET GLOBAL " + VARIABLE + " = " + NEEDED + ", and the same in"
                            + " its configuration file; then restart the service");
        }
        return Answer.ok(
                servers.stream().anyMatch(server -> server.waits().isPresent())
                        ? "Galera: what was committed through one node is seen through all"
                        : "No server is a node of a Galera cluster");
    }
}
