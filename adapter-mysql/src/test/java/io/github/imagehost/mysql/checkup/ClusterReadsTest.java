package io.github.imagehost.mysql.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterReadsTest {

    @ParameterizedTest
    @ValueSource(strings = {"3", "7", "15"})
    void isWellWhereReadsAndChangesWait(String waits) {
        Answer answer = ClusterReads.answer(List.of(node("db-1:3306", waits)));

        assertThat(answer).isEqualTo(Answer.ok("Galera: what was committed through one node is seen through all"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "4", "12"})
    void warnsOfANodeThatDoesNotWait(String waits) {
        Answer answer = ClusterReads.answer(List.of(node("db-1:3306", "3"), node("db-2:3306", waits)));

        assertThat(answer.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(answer.seen())
                .startsWith("db-2:3306 has wsrep_sync_wait=" + waits + ": ")
                .doesNotContain("db-1");
        assertThat(answer.advice().orElseThrow()).contains("SET GLOBAL wsrep_sync_wait = 3");
    }

    @Test
    void namesEachOfThem() {
        Answer answer = ClusterReads.answer(List.of(node("db-1:3306", "0"), node("db-2:3306", "1")));

        assertThat(answer.seen()).startsWith("db-1:3306 has wsrep_sync_wait=0; db-2:3306 has wsrep_sync_wait=1: ");
    }

    @Test
    void whoeverIsInNoClusterHasNothingToWaitFor() {
        List<ClusterReads> servers = List.of(
                ClusterReads.of("mysql:3306", Map.of()),
                ClusterReads.of("mariadb:3306", Map.of("wsrep_on", "OFF", "wsrep_sync_wait", "0")));

        assertThat(ClusterReads.answer(servers)).isEqualTo(Answer.ok("No server is a node of a Galera cluster"));
    }

    private static ClusterReads node(String server, String waits) {
        return ClusterReads.of(server, Map.of("wsrep_on", "ON", "wsrep_sync_wait", waits));
    }
}
