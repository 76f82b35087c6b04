package io.github.imagehost.rest.browser;

import com.microsoft.playwright.Browser;
import io.github.imagehost.rest.testing.Chromium;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the browser of this machine: the one that {@code IMAGEHOST_TEST_BROWSER} names, or else Chromium where it
 * usually is. Without one, the tests are skipped, unless this is CI. All tests of a JVM share it.
 */
final class Browsers implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(Browsers.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.program().isPresent()) {
            return ConditionEvaluationResult.enabled("There is a browser");
        }
        String reason = "There is no Chromium on the PATH (Debian has it in chromium), and " + Chromium.VARIABLE
                + " names none";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Chromium.class, key -> Chromium.start(Chromium.program().orElseThrow()), Chromium.class)
                .browser();
    }
}
