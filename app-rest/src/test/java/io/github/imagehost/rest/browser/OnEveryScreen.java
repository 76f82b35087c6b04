package io.github.imagehost.rest.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A test that looks at the page on screens of all sizes, in both colours and languages. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(OnEveryScreen.Screens.class)
@interface OnEveryScreen {

    /** What {@link Visitor.Screen#of} takes. */
    final class Screens implements ArgumentsProvider {

        private static final List<Arguments> SCREENS = List.of(
                Arguments.of(320, 640, ColorScheme.DARK, "en"),
                Arguments.of(320, 640, ColorScheme.LIGHT, "en"),
                Arguments.of(390, 844, ColorScheme.LIGHT, "zh-CN"),
                Arguments.of(1280, 900, ColorScheme.DARK, "zh-CN"),
                Arguments.of(1280, 900, ColorScheme.LIGHT, "en"));

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return SCREENS.stream();
        }
    }
}
