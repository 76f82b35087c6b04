package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderTest {

    private static final Load LOAD = new Load(1, Duration.ofMinutes(1), 2, Duration.ofMinutes(1));

    private final List<String> made = new ArrayList<>();

    @Test
    void allAreWarmedUpAndThenMeasuredInAnOrderThatChangesWithEachRound() throws Exception {
        Contender a = contender("a");
        Contender b = contender("b");

        Contender.measure(List.of(a, b), 2);

        assertThat(made).containsExactly("a", "b", "a", "a", "b", "b", "b", "b", "a", "a");
        assertThat(a.figures().warmUp()).isEqualTo(1);
        assertThat(a.figures().kibibytesSent()).isEqualTo(1);
        assertThat(a.cpuBeside(b).getCount()).isEqualTo(2);
    }

    private Contender contender(String name) {
        ClosedLoop.Client client = () -> {
            made.add(name);
            return 1024;
        };
        Meter meter = Meter.withoutDatabase(ProcessHandle.current().pid());
        return new Contender(name, () -> client, 1, LOAD, meter);
    }
}
