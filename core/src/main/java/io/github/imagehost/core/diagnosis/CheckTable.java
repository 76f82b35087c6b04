package io.github.imagehost.core.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes checks of one area in their order: all of them, unless one says that it needs another. Immutable. */
public final class CheckTable implements Checkup {

    private final Area area;
    private final List<Check> checks;

    public CheckTable(Area area, Check... checks) {
        this.area = area;
        this.checks = List.of(checks);
    }

    @Override
    public List<Finding> run() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        checks.forEach(check -> answers.put(check.name(), check.question().apply(answers)));
        List<Finding> findings = new ArrayList<>();
        answers.forEach((check, answer) -> findings.add(answer.to(area, check)));
        return List.copyOf(findings);
    }

    /** The findings where none of the checks can be made. */
    public List<Finding> notChecked(String reason) {
        return checks.stream()
                .map(check -> Answer.notChecked(reason).to(area, check.name()))
                .toList();
    }
}
