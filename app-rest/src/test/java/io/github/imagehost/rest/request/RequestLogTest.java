package io.github.imagehost.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class RequestLogTest {

    @AfterEach
    void forget() {
        MDC.clear();
    }

    @Test
    void whoWorksForARequestLogsWithItsIdAndThenWithHisOwnAgain() {
        List<Runnable> taken = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        MDC.put("requestId", "first");
        RequestLog.withRequestId(taken::add).execute(() -> ids.add(MDC.get("requestId")));

        MDC.put("requestId", "second");
        taken.get(0).run();
        assertThat(MDC.get("requestId")).isEqualTo("second");
        MDC.remove("requestId");
        taken.get(0).run();

        assertThat(MDC.get("requestId")).isNull();
        assertThat(ids).containsExactly("first", "first");
    }
}
