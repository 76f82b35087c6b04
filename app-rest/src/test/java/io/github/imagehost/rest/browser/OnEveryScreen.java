package io.github.imagehost.rest.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A test that looks at the page on screens of all sizes, in both colours and languages. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@CsvSource({
    "1280, 900, LIGHT, en",
    "1280, 900, DARK, zh-CN",
    "390, 844, LIGHT, zh-CN",
    "390, 844, DARK, en",
    "320, 640, LIGHT, en"
})
@interface OnEveryScreen {}
