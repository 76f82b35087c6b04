package io.github.imagehost.rest.page;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The files of the page about the API. Browsers may keep them, and ask each time whether they are still the same: their
 * addresses stay when the program is replaced by another version.
 */
@Configuration(proxyBeanMethods = false)
class DocumentationFiles implements WebMvcConfigurer {

    private final FileTags tags;

    DocumentationFiles(FileTags tags) {
        this.tags = tags;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        add(registry, "/docs/webjars/**", "classpath:/META-INF/resources/webjars/");
        add(registry, "/docs/**", "classpath:/static/");
    }

    /** The chain finds what is in a webjar without its version in the address. */
    private void add(ResourceHandlerRegistry registry, String addresses, String location) {
        registry.addResourceHandler(addresses)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(tags::of)
                .resourceChain(true);
    }
}
