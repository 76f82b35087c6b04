package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendfileTest {

    @ParameterizedTest
    @CsvSource({"true,false,true", "true,true,false", "false,false,false", ",false,false"})
    void filesAreLeftToTheServerIfItOffersThatAndEncryptsNothing(Boolean offered, boolean secure, boolean expected) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isSecure" -> secure;
                    case "getAttribute" -> "org.apache.tomcat.sendfile.support".equals(arguments[0]) ? offered : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });

        assertThat(Sendfile.isOfferedFor(request)).isEqualTo(expected);
    }
}
