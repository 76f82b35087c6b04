package io.github.imagehost.rest.config;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

/** How Spring MVC answers. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** There is one format, and clients of the replaced service got it whatever they asked for. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }

    /** Messages look at the header themselves; Tomcat's own way refuses requests with many languages. */
    @Bean
    LocaleResolver localeResolver() {
        return new FixedLocaleResolver(Locale.CHINESE);
    }

    /**
     * In place of Spring Boot's, which asks Tomcat for the language, too; the dispatcher servlet does all else it is
     * for.
     */
    @Bean
    RequestContextFilter requestContextFilter() {
        return new RequestContextFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return true;
            }
        };
    }
}
