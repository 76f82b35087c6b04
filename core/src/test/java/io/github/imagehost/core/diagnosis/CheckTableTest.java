package io.github.imagehost.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckTableTest {

    private final List<String> made = new ArrayList<>();

    @Test
    void makesAllChecksInTheirOrder() {
        List<Finding> findings = new CheckTable(Area.DISK, check("b", Outcome.FAILED), check("a", Outcome.OK)).run();

        assertThat(made).containsExactly("b", "a");
        assertThat(findings)
                .containsExactly(
                        Outcome.FAILED.answer("seen", "advice").to(Area.DISK, "b"),
                        Outcome.OK.answer("seen", "advice").to(Area.DISK, "a"));
    }

    @Test
    void anExceptionIsTheCauseOfWhatItMeans() {
        IOException failure = new IOException("broken");
        Check failing = Check.of(
                "a",
                () -> {
                    throw failure;
                },
                e -> Outcome.UNREACHABLE.answer("it is " + e.getMessage(), "advice"));

        assertThat(new CheckTable(Area.STORE, failing, check("b", Outcome.OK)).run())
                .containsExactly(
                        Outcome.UNREACHABLE
                                .answer("it is broken", "advice")
                                .because(failure)
                                .to(Area.STORE, "a"),
                        Outcome.OK.answer("seen", "advice").to(Area.STORE, "b"));
    }

    @ParameterizedTest
    @EnumSource
    void aCheckIsMadeOnlyIfWhatItNeedsWorks(Outcome outcome) {
        boolean works = outcome == Outcome.OK || outcome == Outcome.WARNING;
        List<Finding> findings = new CheckTable(
                        Area.STORE,
                        check("needed", outcome),
                        check("after", Outcome.OK).after("needed", "reason"),
                        check("after that", Outcome.OK).after("after", "another reason"),
                        check("without it", Outcome.OK))
                .run();

        assertThat(made)
                .isEqualTo(
                        works
                                ? List.of("needed", "after", "after that", "without it")
                                : List.of("needed", "without it"));
        if (!works) {
            assertThat(findings.subList(1, 3))
                    .containsExactly(
                            Answer.notChecked("reason").to(Area.STORE, "after"),
                            Answer.notChecked("another reason").to(Area.STORE, "after that"));
        }
    }

    @Test
    void theLastReasonIsTheFirstToCount() {
        Check check = check("b", Outcome.OK).after("a", "first").after("a", "last");

        assertThat(new CheckTable(Area.STORE, check("a", Outcome.FAILED), check).run())
                .last()
                .isEqualTo(Answer.notChecked("last").to(Area.STORE, "b"));
    }

    @Test
    void tellsWhichChecksAreNotMade() {
        CheckTable table = new CheckTable(Area.DATABASE, check("a", Outcome.OK), check("b", Outcome.FAILED));

        assertThat(table.notChecked("reason"))
                .containsExactly(
                        Answer.notChecked("reason").to(Area.DATABASE, "a"),
                        Answer.notChecked("reason").to(Area.DATABASE, "b"));
        assertThat(made).isEmpty();
    }

    private Check check(String name, Outcome outcome) {
        return new Check(name, earlier -> {
            made.add(name);
            return outcome.answer("seen", "advice");
        });
    }
}
